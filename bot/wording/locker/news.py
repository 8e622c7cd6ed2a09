"""The notices about things in a cabinet, and how a refusal is told."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.rules.locker.device import Outcome, Reason
from bot.rules.locker.machine import Signal
from bot.rules.locker.telling import News
from bot.rules.locker.terms import (
    CabinetAway,
    CabinetInUse,
    NoConsent,
    NoFreeCompartment,
    NoSuchDoor,
    NotTheirs,
    NoWords,
    RecipientDeclines,
    RecipientUnknown,
    RequestOver,
    SamePerson,
    StandsOpen,
    TooManyCodes,
)
from bot.wording import explain
from bot.wording.locker.common import RIGHTS, what, where
from bot.wording.ticket import moment

Facts = Mapping[str, object]
_WHY = {
    Outcome.ALREADY_OPEN.value: "柜门本来就开着，没有再开。请看看东西在不在，拿好后关门。",
    Outcome.REFUSED.value: "柜机没有执行，可能正在检修。请打服务站电话。",
    Outcome.NO_FEEDBACK.value: "指令执行了，但没看到柜门的信号。门开了吗？回“门开了”或“没有开”。",
    Outcome.FAILED.value: "柜机报告出错，不知道门开没开。门开了吗？回“门开了”或“没有开”。",
    Outcome.EXPIRED.value: "柜机收到得太晚，没有开。请再说一次“开柜”。",
}
_NO_ANSWER = "柜机一直没有回音，多半没开。请看看柜门；没开就再说一次“开柜”。"
_UNSEEN = "柜机收到了指令，但没看到柜门的信号。门开了吗？回“门开了”或“没有开”。"
_KEEPS = "取件码没有用掉。"


def _thing(facts: Facts) -> str:
    return what(str(facts["kind"]), str(facts.get("company") or ""))


def _where(facts: Facts) -> str:
    return where(facts["place"], facts["door"])


def _due(facts: Facts) -> str:
    now = datetime.fromisoformat(str(facts["now"]))
    return moment(datetime.fromisoformat(str(facts["due"])).astimezone(now.tzinfo), now) if facts["due"] else ""


def _code(facts: Facts) -> str:
    return f"取件码：\n{facts['code']}\n这个码只显示这一次，不要发到群里。"


def _stored(facts: Facts) -> str:
    return f"{_thing(facts)}放好了：{_where(facts)}，请在{_due(facts)}前取。{_code(facts)}到柜子跟前说“取件”也行。"


def _put_in(facts: Facts) -> str:
    if not facts.get("code"):
        return f"已存好：{_where(facts)}。取件码已经发给收件人。"
    return f"已存好：{_where(facts)}。请把取件码转告收件人：\n{facts['code']}\n{_due(facts)}前取；只显示这一次。"


def _opened(facts: Facts) -> str:
    if facts["reason"] == Reason.DEPOSIT:
        return f"{_where(facts)}已开，请放好东西，关紧门。"
    return f"{_where(facts)}已开，请拿好东西，关好门。落了东西，10分钟内说“开柜”还能再开。"


def _not_opened(facts: Facts) -> str:
    outcome = str(facts["outcome"])
    why = _WHY.get(outcome, _UNSEEN if facts.get("choices") else _NO_ANSWER)
    keeps = "" if facts["reason"] == Reason.DEPOSIT or outcome == Signal.ALREADY_OPEN else _KEEPS
    return f"{_where(facts)}：{keeps}{why}"


def _overdue(facts: Facts) -> str:
    fee = f"站里的规定：{facts['fee']}。" if facts.get("fee") else ""
    return f"{_thing(facts)}超时了：{_where(facts)}。码没有作废，照样能取。{fee}来不了请打服务站电话。"


NOTICES: dict[str, Callable[[Facts], str]] = {
    News.STORED.value: _stored,
    News.MAY_WE.value: lambda facts: f"有一件{_thing(facts)}想放到{facts['place']}的柜子，您同意吗？不同意就送上门。",
    News.MAY.value: lambda facts: f"收件人同意了：{_where(facts)}给您留着，15分钟内有效。现在开门吗？",
    News.MAY_NOT.value: lambda _facts: "收件人不同意放柜子，请送上门，或者再联系收件人。",
    News.NO_ANSWER.value: lambda _facts: "收件人15分钟没有回复，格子已经放开。请电话联系收件人，或者送上门。",
    News.PUT_IN.value: _put_in,
    News.EMPTY.value: lambda facts: f"{_where(facts)}关上了，但里面好像是空的。要存就再说“开门存件”，不存回“不存了”。",
    News.OPENED.value: _opened,
    News.NOT_OPENED.value: _not_opened,
    News.FETCHED.value: lambda facts: (
        f"{_thing(facts)}取走了：{_where(facts)}，{RIGHTS[Reason(str(facts['reason']))]}。不是您或家人取的，马上打服务站电话。"
    ),
    News.UNASKED.value: lambda facts: (
        f"{_where(facts)}没有人申请就打开了，里面有您的东西。已通知服务站，请尽快去看看。"
    ),
    News.BY_STAFF.value: lambda facts: f"工作人员打开了{_where(facts)}。原因说“谁开过我的柜子”就能看到。",
    News.LEFT_BEHIND.value: lambda facts: f"{_where(facts)}里好像还有东西没拿，给您留着。新的{_code(facts)}",
    News.REMINDER.value: lambda facts: f"提醒您：{_thing(facts)}在{_where(facts)}，请在{_due(facts)}前取。",
    News.OVERDUE.value: _overdue,
    News.GUESSING.value: lambda facts: (
        f"有人在{facts['place']}的柜子上连续输错取件码，已停用输码10分钟。东西是安全的，要取在这里说“取件”。"
    ),
    News.REMOVED.value: lambda facts: f"{_where(facts)}的{_thing(facts)}已移到服务站保管，凭手机号领取。",
}


@explain.register
def _(refusal: NoFreeCompartment) -> str:
    return f"{refusal.cabinet}的柜子没有合适的空格了，请过一会儿再来，或者换个柜子。"


@explain.register
def _(_refusal: RecipientDeclines) -> str:
    return "收件人说过不放柜子，请送上门，或者电话联系收件人。"


@explain.register
def _(_refusal: NoConsent) -> str:
    return "没有收件人同意不能放柜子。请先电话问收件人，同意了再存。"


@explain.register
def _(_refusal: NotTheirs) -> str:
    return "这一格现在不是您的，或者已经取走了。说“我的快递”看看还有什么。"


@explain.register
def _(refusal: CabinetAway) -> str:
    return f"{refusal.cabinet}的柜机离线了，现在存不了。请换个柜子，或者打服务站电话。"


@explain.register
def _(_refusal: TooManyCodes) -> str:
    return "这个小时的离线码发完了，请过一小时再试，或者打服务站电话。"


@explain.register
def _(_refusal: NoWords) -> str:
    return "请写明为什么开门，居民会看到。"


@explain.register
def _(_refusal: SamePerson) -> str:
    return "全部开门要两个人，请另一位同事来同意。"


@explain.register
def _(_refusal: RequestOver) -> str:
    return "这个申请已经同意过，或者过了15分钟。请重新申请。"


@explain.register
def _(_refusal: NoSuchDoor) -> str:
    return "这个柜子没有这个门号，请核对。"


@explain.register
def _(refusal: CabinetInUse) -> str:
    return f"{refusal.cabinet}里还有东西，不能自检。请先取出或移到服务站，再来一次。"


@explain.register
def _(_refusal: StandsOpen) -> str:
    return "柜门还开着。请把门关紧，再确认一次。"


@explain.register
def _(_refusal: RecipientUnknown) -> str:
    return "这个手机号还没有在公众号上登记，取件码发不出去。请送上门，或者当面交给收件人。"
