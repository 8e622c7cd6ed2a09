"""What residents read about themselves: what we would like to know and why, what we know, how it is erased."""

from collections.abc import Mapping

from bot.nlu.profile import Part
from bot.privacy import masked_number
from bot.rules.invitation import InvitationOver, InvitationUsed, UnknownInvitation
from bot.rules.place import Address
from bot.rules.push import News
from bot.rules.resident import Known, NotOnePerson
from bot.wording import contact as say_contact
from bot.wording import explain

VERSION = "2026-11"  # of the words a resident agrees to: changed whenever their meaning changes

IN_GROUP = "群里不方便说个人信息。请点开公众号私聊我，马上给您办。"
ASK_PHONE = "请发您的手机号。留了号码，上门服务和办事的人才联系得到您，不给外人看。不想留就回“跳过”。"
PHONE_AGAIN = "这个号码没看懂，手机是11位数字，请再发一次；不想留就回“跳过”。"
ASK_HOME = (
    "您住哪个小区、哪一栋？知道楼栋，才能找对您的网格员、把事情派对人。比如“示例花园3栋2单元501”，不想留就回“跳过”。"
)
HOME_AGAIN = "没查到这个地方，请说小区名字和楼栋，比如“3栋2单元501”；不想留就回“跳过”。"
WHICH_PLACE = "是下面哪一处？点一下，或者连小区名字一起说；不想留就回“跳过”。"
SKIP = "跳过"
YES, CHANGE_PHONE, CHANGE_HOME, NO = "对，登记", "改手机", "改住址", "不登记"
NOTHING_TOLD = "好的，什么都没记。以后要登记，随时说“绑定手机”。"
LEFT = "好的，没有登记。以后要登记，随时说“绑定手机”。"
PLACE_UNKNOWN = "这个地方还没登进系统，住址先不记。"

HOLDINGS = {
    "tickets": "反映的问题",
    "bookings": "预约",
    "activities": "活动报名",
    "aid": "互助信息",
    "suggestions": "建议",
    "entries": "征集作品",
    "study": "学时记录",
    "volunteer": "志愿者登记",
    "lectures": "讲课申请",
    "parcels": "柜子里的件",
    "membership": "党员身份核对",
}
BECOMES = {
    "tickets": "改成匿名，照样办完，只是不再通知您，也查不到进度",
    "bookings": "全部取消",
    "activities": "全部取消，名额让给邻居",
    "aid": "全部撤下来",
    "suggestions": "没公开的撤回，公开了的不带您的名字留着",
    "entries": "全部撤下来，照片删掉",
    "volunteer": "删掉，排上的班让出来，做过的时长不再记名",
    "lectures": "全部撤回",
    "parcels": "由服务站代管，凭手机号到站里领",
    "membership": "解除，名册本身归支部保管",
    "study": "删掉，党员在名册上的学时归支部保管",
}
UNIT = {
    "tickets": "件",
    "bookings": "单",
    "activities": "个",
    "aid": "条",
    "suggestions": "条",
    "entries": "件",
    "study": "条",
    "volunteer": "个",
    "lectures": "个",
    "parcels": "件",
    "membership": "项",
}
EDIT, ERASE, PUSHES = "改手机和住址", "删除我的信息", "消息推送设置"

ERASE_ALL, ERASE_PHONE, ERASE_HOME, KEEP = "全部删掉", "只删手机号", "只删住址", "先不删"
KEPT = "好的，什么都没删。"
PHONE_ERASED = "手机号删好了，这里不再留您的号码。"
HOME_ERASED = "住址删好了，这里不再记您住哪栋。"

NEWS = {
    News.COURSE: "课程",
    News.ACTIVITY: "活动",
    News.NOTICE: "社区通知",
    News.VOLUNTEER: "志愿服务",
}
ALL_OFF, ALL_ON = "全部不收", "全部要收"
NOT_ME, ITS_ME = "不是我", "是我"
NOT_BOUND = "好的，没有登记。这个码不是您的，请退回给工作人员。"


_YES = (
    "确定",
    "确认",
    "没错",
    "对的",
    "对头",
    "是我",
    "是本人",
    "本人",
    "登记",
    "删",
    "删掉",
    "删除",
    "全删",
    "都删",
    "全部删",
)
_NO = ("不对", "错了", "不是", "不是我", "不是本人", "不删", "别删", "先不", "不登记", "取消")
_RATHER_NOT = ("不想留", "不留", "不想填", "不填", "不想说", "不说", "不给", "不想给", "不方便", "不方便说", "保密")
_AGAINST = ("不", "别", "莫", "勿", "没", "拒")
_SIGNS = " 。！!，,~～吧啊哈嘛哦噻了"


def agreed(text: str) -> bool | None:
    """Whether a short answer says yes or no; None when it says something else."""
    said = text.strip(_SIGNS)
    if said in _NO:
        return False
    return True if said in _YES else say_contact.agreed(text)


def rather_not(text: str) -> bool:
    """Whether they do not want to tell."""
    return text.strip(_SIGNS) in _RATHER_NOT


def speaks_against(text: str) -> bool:
    """Whether words beside a number may mean that it is not to be used; rather too often than once too seldom."""
    return any(sign in text for sign in _AGAINST)


def check(phone: str, home: Address | None, room: str) -> str:
    """Everything is read back before it is kept."""
    lines = [f"手机：{phone}" if phone else "", f"住址：{where(home, room)}" if home else ""]
    told = "\n".join(filter(None, lines))
    return f"请核对一下：\n{told}\n对吗？登记后只用来给您办事，随时可以说“删除我的信息”。"


def where(home: Address, room: str) -> str:
    return f"{say_contact.place(home)}{room}"


def bound(phone: str, home: Address | None, room: str) -> str:
    told = "、".join(filter(None, ["手机" if phone else "", "住址" if home else "", "房号" if room else ""]))
    return f"登记好了：{told}。想看说“我的信息”，要改说“改手机”或“改住址”。"


def mine(known: Known) -> str:
    """What we know of a person, masked: somebody may look over their shoulder."""
    lines = [
        f"手机：{_phone(known)}",
        f"住址：{_masked_home(known)}",
        *(_held(name, count, running) for name, (count, running) in known.holdings.items()),
        f"推送：{pushes(known.news)}",
        f"第一次联系：{known.since.year}年{known.since.month}月{known.since.day}日",
        "聊天内容：加密保存，180天后自动删掉",
    ]
    return "\n".join(["我这里记着您的：", *lines])


def pushes(news: Mapping[News, bool]) -> str:
    wanted = [NEWS[kind] for kind, yes in news.items() if yes]
    if not wanted:
        return "全部不收"
    return f"收{'、'.join(wanted)}" if len(wanted) < len(news) else "全部都收"


def before_erasing(known: Known) -> str:
    """What goes, what stays, and what still runs; asked once."""
    runs = [
        f"正在办的{HOLDINGS[name]}有{count}{UNIT[name]}：{BECOMES[name]}。" for name, count in known.running.items()
    ]
    return "\n".join(
        [
            "要删掉的：手机、住址、聊天内容、推送设置、没发出的通知，删了找不回来。",
            "留下的：您反映过的事改成匿名，没人看得出是谁说的。",
            *runs,
            "确定要删吗？",
        ]
    )


def erased(running: Mapping[str, int]) -> str:
    told = "".join(f"正在办的{HOLDINGS[name]}{BECOMES[name]}。" for name in running)
    return f"都删好了。{told}您的微信编号只为回您的话留着，30天没联系也删掉。"


def news_set(news: Mapping[News, bool]) -> str:
    """How the news are set now, after a change."""
    back = "想恢复，说“订阅”。" if not any(news.values()) else ""
    return f"设好了，马上生效。现在：{pushes(news)}。{back}\n您自己反映、预约的事，有进展照样告诉您。"


def news_now(news: Mapping[News, bool]) -> str:
    return f"现在的推送：{pushes(news)}。要改就点下面，或者说“退订”“订阅课程”："


NIGHT = "晚上不想被打扰，可以在微信里把本号设成“消息免打扰”。哪几种消息不要了，在这里停。"


def toggles(news: Mapping[News, bool]) -> dict[str, str]:
    """What may be tapped to change one kind or all."""
    each = {f"{'不收' if yes else '要收'}{NEWS[kind]}": f"{kind.value}:{int(not yes)}" for kind, yes in news.items()}
    every = {ALL_OFF: "all:0"} if any(news.values()) else {}
    return {**each, **every, **({} if all(news.values()) else {ALL_ON: "all:1"})}


def is_it_you(known: Known) -> str:
    """Before a code binds somebody: enough to know oneself by, too little for anybody else."""
    facts = [masked_number(known.phone) if known.phone else "", say_contact.place(known.home) if known.home else ""]
    return f"这个码是给{'，'.join(filter(None, facts)) or '一位住户'}登记用的，是您本人吗？"


def accepted(known: Known) -> str:
    return f"登记好了。{mine(known)}"


def parts(known: Known) -> dict[Part, str]:
    """What may be erased alone."""
    told = {Part.PHONE: known.phone, Part.HOME: known.home}
    labels = {Part.PHONE: ERASE_PHONE, Part.HOME: ERASE_HOME}
    return {part: labels[part] for part, value in told.items() if value}


def _phone(known: Known) -> str:
    if not known.phone:
        return "没留"
    return masked_number(known.phone) + ("（已核实）" if known.verified else "")


def _masked_home(known: Known) -> str:
    if known.home is None:
        return "没留"
    return say_contact.place(known.home) + ("*" * len(known.room) if known.room else "")


def _held(name: str, count: int, running: int) -> str:
    if not count:
        return f"{HOLDINGS[name]}：没有"
    still = f"，其中{running}{UNIT[name]}在办" if running else ""
    return f"{HOLDINGS[name]}：{count}{UNIT[name]}{still}"


@explain.register
def _(_refusal: NotOnePerson) -> str:
    return "您的两个身份各办过同一件事，没法自动合并，请到社区窗口请工作人员帮忙。"


@explain.register
def _(_refusal: UnknownInvitation) -> str:
    return "这个码不认识，请向工作人员要一张新的。"


@explain.register
def _(_refusal: InvitationOver) -> str:
    return "这个码过期了，请向工作人员要一张新的。"


@explain.register
def _(_refusal: InvitationUsed) -> str:
    return "这个码已经用过了，一张只能用一次。不是您用的，请马上告诉工作人员。"
