"""How checking in is talked of, in the chat and on the page that a scan opens."""

from bot.rules.arrival import Arrival
from bot.store.activity import Activity, Kind

ASK_CODE = "请说现场的签到码：大屏上的六位数，或者墙上的四位签到码，比如“签到 1234”。"
NOTHING_ON = "现在没有可以签到的课程和活动。开始前一小时才能签到；想看有什么课，说“有什么课”。"
IN_GROUP = "签到请点开公众号私聊我，说“签到”和签到码就行。"
SEEN_NEAR = "位置看到了，就在附近。再说一下签到码就签好了。"
SEEN_FAR = "您发的位置离现场有点远，先记下了。到了现场再说签到码；真在现场就不用管，请工作人员看一眼。"
WISHES = {
    Kind.LESSON: "课后学时自动记上。",
    Kind.SHIFT: "辛苦您了，时长自动记上。",
    Kind.ACTIVITY: "祝您玩得开心！",
}
GUESSED_ENOUGH = "签到码试得有点多了，请等十五分钟，或者请工作人员在名单上帮您签。"
WRONG = "签到码不对或者刚换过。请看现场大屏上现在的六位数，再说一次；没有大屏就看墙上的四位数。"


def ask(title: str) -> str:
    return f"{title}：{ASK_CODE}"


def wrong(title: str) -> str:
    return f"签到码不对或者刚换过。请再看看{title}现场的签到码，再说一次；不行就请工作人员帮您签。"


def already(its: Activity) -> str:
    then = "辛苦您了" if its.kind == Kind.SHIFT else "直接进场就行"
    return f"{its.title}已经签过到了，{then}。"


def arrived(one: Arrival) -> str:
    """That they are on the list now; who came without a place reads so."""
    title, kind = one.activity.title, Kind(one.activity.kind)
    if one.again:
        return already(one.activity)
    many = "" if kind is Kind.SHIFT else f"，{one.enrolment.persons}人"
    how = "（现场签到，没有报名也欢迎）" if one.enrolment.walk_in else ""
    return f"签到成功：{title}{many}{how}。{WISHES[kind]}"


def how_to_say(name: str = "公众号") -> str:
    """For a stranger who scanned: what to do instead."""
    return f"请先关注{name}再扫一次；或者在{name}里说“签到”和大屏上的六位数。"
