"""What residents and couriers read when they talk to us about a cabinet."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.locker.book import Opening
from bot.rules.locker.pickup import Thing
from bot.store.locker import Size
from bot.wording.locker.common import RIGHTS, SIZES, until, what, where
from bot.wording.ticket import moment

IN_GROUP = "群里不能开柜、不能说取件码。请点开公众号私聊我，说一声“取件”就行。"
NOTHING = "柜子里现在没有您的东西。有取件码的，直接把6位数字发给我。"
WHICH = "您有这几件在柜子里，想开哪个门？点一下，或者回复数字："
PROVE = "开门前请确认您就在柜子跟前：扫柜上的二维码，发个定位，或者回复柜子屏幕上的4位数字。"
PROVE_AGAIN = "还对不上。请扫柜上的二维码，或者在柜子跟前发定位，或者再看一眼屏幕上的4位数字。"
TOO_FAR = "这个定位附近没有柜子。请走到柜子跟前再发一次，或者扫柜上的二维码。"
NOT_THIS_ONE = "您在{here}，东西在{there}。请走到那边再说“开柜”。"
WHERE_CODE = "这个取件码在哪个柜子？请扫那个柜子的二维码，或者在柜子跟前发个定位。"
CONFIRM = "确认开柜"
LATER = "先不开"
NOT_NOW = "好的，先不开。东西还在柜子里，想取的时候说“取件”。"
WRONG_CODE = "这个取件码在{place}的柜子上不对，请核对短信里的6位数字和柜子位置。还可以试{left}次。"
USED_CODE = "这个取件码用过了，或者已经换了新码。说“我的快递”看看还有没有您的件。"
LOCKED_OUT = "连续输错太多次，请过10分钟再试。急着取请打服务站电话{phone}，核对后帮您开。"
STILL_GOOD = "门没开，取件码就没有用掉。"
GLAD = "好的，记下了。取件码已经用掉，东西拿好，门关好。"
PUT_IT_IN = "好的。请放好东西，关紧门，再回我一句“放好了”。"
NOT_OPENED = "好的，取件码没有用掉。请轻推一下柜门，再说“开柜”试一次；还不行打服务站电话{phone}。"
STUCK_AGAIN = "好的，取件码没有用掉。请打服务站电话{phone}，工作人员来开。"
UNKNOWN_SCENE = "这个二维码过期了，或者不是本社区的柜子。请重新扫一次柜上的码。"
SCANNED = "您在{place}的柜子跟前。要做什么？点一下："
SCANNED_EMPTY = "您在{place}的柜子跟前。这里没有您的东西；有取件码的发给我，要存东西点下面："
STORE = "存东西"
NEW_CODE = "换取件码"
FAMILY = "让家人代取"
WHO = "谁开过我的柜子"
OPEN = "开柜"
NOBODY_OPENED = "到现在还没有人开过您的柜门。"
NO_BOOK = "近30天没有您的存取记录。"
WISHES = {
    "always": "记下了：以后送来的件可以直接放柜子。想改就说“不要放柜子”。",
    "never": "记下了：以后送来的件都不放柜子，请快递员送上门。想改就说“以后都可以放柜子”。",
    "not_now": "记下了，之前说过的也不算了。以后有件要放柜子，会先问您。",
    "once": "好的。以后有件要放柜子，还会先问您。",
}

CONSENT_NOTED = {
    "once": "好的，已告诉投递的人，放好后把取件码发给您。",
    "not_now": "好的，已告诉投递的人不放柜子。",
}

WHICH_CABINET = "您在哪个柜子跟前？扫柜上的二维码，发个定位，或者回复柜上的编号（比如G0001）。"
WHICH_SIZE = "要多大的格子？括号里是空着的格数："
WHOM = "放给谁？请发对方的手机号；没有手机号就回“没有”，取件码由您转告。"
WHOM_COURIER = "收件人是谁？请发手机号，或者楼栋门牌（比如3栋2单元501）。"
HAS_CONSENT = "还没联系上这位收件人。没有收件人同意不能放柜，您打电话问过吗？"
CONSENTED, NOT_ASKED = "对方同意放柜", "还没问"
ASK_FIRST = "请先打电话问收件人，同意了再说“投递”。不同意就送上门。"
COURIER_WORD = "送件请先登记：把服务站给您的投递码发给我，比如“投递码ABCD2345”。没有就到服务站领。"
COURIER_WRONG = "这个投递码不对，或者已经用过。请到服务站重新领一个。"
STILL_ASKING = "正在问收件人，同意了马上告诉您，最多等15分钟。不等了就回“不存了”。"
GO_ON = "您有一件正要存：{where}。现在开门吗？"
CLOSE_IT = "门关紧就行，柜子报上来我就告诉您。"
GIVEN_UP = "好的，不存了，格子已经放开。"
ALREADY_IN = "门已经开过了，不能直接取消。里面有东西就关好门；没有就打服务站电话。"


def commanded(thing: Thing) -> str:
    """The command is on its way: more is not known yet."""
    return f"已给{where(thing.place, thing.door)}发了开门指令，正在等柜门反馈。开没开我马上告诉您。"


def under_way(thing: Thing) -> str:
    return f"{where(thing.place, thing.door)}的开门指令刚发过，还在等柜门反馈，请稍等几秒。"


def stands_open(thing: Thing) -> str:
    return f"{where(thing.place, thing.door)}现在就开着。拿好东西，请关好门。"


def away(thing: Thing, code: str, until: datetime, now: datetime) -> str:
    """The cabinet cannot be reached; this code it checks by itself."""
    return (
        f"{thing.place}的柜机离线了，远程开不了。请在柜子上输入离线码：\n{code}\n"
        f"开的是{thing.door}号门，{moment(until, now)}前有效，只能用一次，别告诉别人。"
    )


def dead(thing: Thing, phone: str) -> str:
    return f"{thing.place}的柜机离线了，现在开不了。东西还在里面，请打服务站电话{phone}，工作人员帮您开。"


def confirm(thing: Thing) -> str:
    """It is overdue: what that costs, before it opens."""
    fee = f"站里的规定：{thing.fee}。" if thing.fee else ""
    return f"{where(thing.place, thing.door)}的{what(thing.kind)}超时了，码没有作废。{fee}确认现在开柜吗？"


def label(thing: Thing) -> str:
    """One of several, to tap."""
    return f"{thing.door}号门（{what(thing.kind, thing.company)}，{thing.place}）"


def mine(things: Sequence[Thing], now: datetime) -> str:
    """Everything that waits for a person."""
    lines = [f"柜子里有您{len(things)}件："]
    for thing in things:
        state = "已超时，码仍有效" if thing.is_overdue else until(thing.due, now)
        lines.append(f"· {what(thing.kind, thing.company)}：{where(thing.place, thing.door)}，{state}")
    lines.append("取件码只在当时的私聊里显示一次；找不到就点“换取件码”。")
    return "\n".join(lines)


def new_code(thing: Thing, code: str) -> str:
    return f"{where(thing.place, thing.door)}的新取件码：\n{code}\n原来的码已经作废。这个码只显示这一次，不要发到群里。"


def family_code(thing: Thing, code: str) -> str:
    return f"{where(thing.place, thing.door)}的代取码：\n{code}\n转给您信得过的人就行，门开一次就失效；开了会告诉您。"


def book(things: Sequence[tuple[Thing, Sequence[Opening]]], now: datetime) -> str:
    """Who opened the doors of what was or is theirs."""
    lines = []
    for thing, openings in things:
        lines.append(f"{where(thing.place, thing.door)}（{what(thing.kind, thing.company)}）：")
        lines += [f"· {moment(one.at, now)} {_who(one)}" for one in openings] or [f"· {NOBODY_OPENED}"]
    return "\n".join(lines)


def _who(opening: Opening) -> str:
    who = "您自己" if opening.myself else opening.title
    why = f"，原因：{opening.words}" if opening.words else ""
    return f"{who}{RIGHTS[opening.reason]}{why}" if who else f"{RIGHTS[opening.reason]}{why}"


def size(size: Size, free: int) -> str:
    return f"{SIZES[size]}（{free}）"


def opening_for(thing: Thing) -> str:
    """The door opens to put it in."""
    return f"已给{where(thing.place, thing.door)}发了开门指令，正在等柜门反馈。放好东西请关紧门，关好后我会告诉您。"


def asked(place: str) -> str:
    return f"已经问收件人同不同意放{place}的柜子，同意了马上告诉您，格子给您留15分钟。"


def courier(company: str) -> str:
    return f"登记好了，您是{company}的投递员。到柜子跟前说“投递”就行。"


def stored(thing: Thing) -> str:
    return f"存好了：{where(thing.place, thing.door)}。取件码马上发给您。"
