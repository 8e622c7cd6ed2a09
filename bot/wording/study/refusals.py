"""How the rules of study say no, and what can be done instead."""

from bot.rules.study import (
    NameNeeded,
    NoSuchMember,
    NotGivenByHand,
    NothingStudied,
    NothingToConfirm,
    NotToWatch,
    SaidBefore,
    SaidTooLittle,
    WatchedTooShort,
)
from bot.wording import explain


@explain.register
def _(_refusal: NothingToConfirm) -> str:
    return "这节课没有要确认的回放：可能还没打开过，或者已经记过学时了。说“我的学时”可以查。"


@explain.register
def _(refusal: WatchedTooShort) -> str:
    return f"{refusal.title}的回放刚打开不久，还要看{refusal.minutes_left}分钟左右。看完再说“看完了”。"


@explain.register
def _(refusal: SaidTooLittle) -> str:
    return f"再多说一点，至少{refusal.least}个字：哪一点您印象最深，或者打算怎么用？"


@explain.register
def _(_refusal: SaidBefore) -> str:
    return "这句和别的课说的一样，或者都是重复的字。请说说这节课自己的收获。"


@explain.register
def _(refusal: NotToWatch) -> str:
    return f"{refusal.title}现在没有可以看的直播或回放。回到公众号说“看回放”看看到哪一步了。"


@explain.register
def _(_refusal: NoSuchMember) -> str:
    return "名册里没有这个党员编号，或者不归您看。请核对编号。"


@explain.register
def _(_refusal: NothingStudied) -> str:
    return "这一年还没有学时，开不了证明。听课签到、看完回放确认以后再来。"


@explain.register
def _(_refusal: NameNeeded) -> str:
    return "请写上证明里用的姓名，最多20个字。"


@explain.register
def _(_refusal: NotGivenByHand) -> str:
    return "签到和回放的学时按规则自动记，不能直接删；请到那节课的签到名单里改。"
