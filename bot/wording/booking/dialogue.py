"""How booking is talked of: services, times, addresses, what is booked, moved, cancelled, waited for."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.booking import CANCEL_FREELY, HOLD
from bot.rules.service import Thing
from bot.wording.booking.times import clock, date_of, day, slot, span

IN_GROUP = "群里别说地址电话。请点开公众号私聊我，我帮您约。"
WHICH_SERVICE = "您想约哪一项服务？点一下，或者直接说："
WHICH_ROOM = "您想借哪一间？点一下，或者直接说名字："
NO_SERVICES = "站里暂时没有能在这里约的服务，请打电话问问。"
PAST = "这个时间已经过了。"
PICK_ONE = "那您从下面选一个："
WHICH_OF_TWO = "您说的是下面哪个时间？"
WHERE = "上门到哪里？请说小区、楼栋和门牌，比如“示例花园3栋2单元501”。地址只给上门的师傅看。"
WHICH_PLACE = "是哪个小区的？"
PHONE = "留个手机号，师傅找不到门时好打给您；只用于这一单。"
PHONE_WRONG = "这个号码好像不对，手机号是11位，请再说一次。"
PURPOSE = "做什么用、大概多少人？比如“排练，12个人”。"
WHICH_BOOKING = "是哪一单？点一下，或者说编号："
NONE_TO_CANCEL = "您的都已经到时间了，这里取消不了，请直接打电话到站里。"
NO_BOOKINGS = "您现在没有约着的服务或场地。想约，直接说要做什么、哪天几点就行。"
REASON = "离开始不到2小时了，师傅可能已经在准备。请说一下原因，好跟师傅解释："
STAFF_REASONS = ("师傅临时来不了", "居民来电取消", "站里临时关门")
REASONS = ("临时有事", "已经自己解决了", "时间约错了")
KEEP, NO = "记住", "不用"
MAY_KEEP = "要不要记住这个地址和电话？下次约就不用再说了，随时可以让我删。"
KEPT = "记住了，下次直接用。想删就说“删除我的信息”。"
NOT_KEPT = "好的，不记。"
MOVE, GIVE_UP, YES_CANCEL, KEEP_IT, ALL = "改时间", "取消这单", "确定取消", "留着", "全部取消"
TAKE_OFFER, DECLINE_OFFER = "要这个时间", "不要这个时间"
SERVICE_WORDS, TIME_WORDS, PLACE_WORDS = ("项目", "服务"), ("时间", "日期", "日子"), ("地址", "门牌", "楼栋")
PHONE_WORDS, PURPOSE_WORDS = ("电话", "手机", "号码"), ("用途", "人数")
ROOM_WORDS = ("场地",)
CALENDAR, ALL_MINE = "打开日历选时间", "打开我的预约"
NO_OFFER = "现在没有给您留着的时间。"


def not_offered() -> str:
    """Nobody does it here."""
    return "这一项站里现在没人做，请换一项，或者回复“人工”问问。"


def room(thing: Thing) -> str:
    """A room to tap."""
    return thing.title


def about(thing: Thing) -> str:
    """What a service costs and how long it takes, said once."""
    lasts = f"每次约{_lasts(thing.minutes)}"
    return f"{thing.title}：{'，'.join(filter(None, (thing.price, lasts, thing.conditions)))}。"


def _lasts(minutes: int) -> str:
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"


def when(thing: Thing, *, first: bool) -> str:
    """The question for the time."""
    asked = "想约哪天几点？直接说，比如“明天下午三点”，或者点最近有空的："
    return f"{about(thing)}\n{asked}" if first else asked


def when_on(moment: datetime, now: datetime) -> str:
    return f"{day(moment, now)}这些时间有空，您要几点？换一天就直接说。"


def full(moment: datetime, now: datetime) -> str:
    return f"{day(moment, now)}约满了。可以换个时间，或者排队候补："


def closed(moment: datetime, now: datetime) -> str:
    return f"{day(moment, now)}没人当班，或者来不及安排了。最近有空的："


def taken(start: datetime, now: datetime) -> str:
    return f"{slot(start, now)}已经约满了。相近的时间："


def not_then(start: datetime, now: datetime) -> str:
    return f"{slot(start, now)}约不了（不在服务时间，或者太赶）。相近的时间："


def too_far(days: int) -> str:
    return f"只能约{days}天以内的。最近有空的："


def nothing_free(thing: Thing) -> str:
    return f"{thing.title}最近都约满了，请过两天再来问，或者回复“人工”。"


def wait_for(moment: datetime, now: datetime) -> str:
    """A choice: a place in the waiting list of a day."""
    return f"候补{day(moment, now)}"


def no_such_building(compound: str, number: str) -> str:
    return f"{compound or '登记的小区里'}没有{number}栋，请再说一下楼栋和门牌。"


def which_room(place: str) -> str:
    return f"{place}，几单元几号？比如“2单元501”。"


def too_many_people(seats: int) -> str:
    return f"这间最多坐{seats}个人，请换一间，或者少来几位。"


def read_back(
    thing: Thing, start: datetime, minutes: int, *, place: str = "", phone: str = "", purpose: str = ""
) -> str:
    """Everything once more, the day with its weekday, before anything is booked."""
    lines = [
        "请核对：",
        thing.title,
        f"时间：{span(start, minutes)}",
        f"地址：{place}" if place else "",
        f"电话：{phone}" if phone else "",
        f"用途：{purpose}" if purpose else "",
        f"价格：{thing.price}" if thing.price else "",
        "没问题回复“确认”；哪里不对直接说新的。",
    ]
    return "\n".join(filter(None, lines))


def read_back_waiting(thing: Thing, since: datetime, *, place: str = "", phone: str = "") -> str:
    minutes = int(HOLD.total_seconds() // 60)
    where = "，".join(filter(None, (place, phone)))
    return "\n".join(
        filter(
            None,
            (
                f"请核对：候补{date_of(since)}的{thing.title}",
                where,
                f"有人退了就按先后发消息给您，时间给您留{minutes}分钟。没问题回复“确认”。",
            ),
        )
    )


def booked(number: str, title: str, start: datetime, minutes: int, *, code: str, misses: int, left: int) -> str:
    """It is booked: number, time, what to tell the worker, and what not coming would mean to who has missed before."""
    hours = int(CANCEL_FREELY.total_seconds() // 3600)
    return "\n".join(
        filter(
            None,
            (
                f"约好了：{title}，{span(start, minutes)}",
                f"编号：{number}",
                f"到访码：{code}。师傅到了再告诉他，用来证明是站里派的人。" if code else "",
                f"要改要退，提前{hours}小时跟我说就行。",
                f"您最近有{misses}次约了没在，再有{left}次就要打电话约了。" if misses else "",
            ),
        )
    )


def queued(title: str, since: datetime, before: int) -> str:
    ahead = f"前面还有{before}位" if before else "您排第一位"
    return f"已经帮您候补{date_of(since)}的{title}，{ahead}。有空位马上发消息；不等了就说“取消预约”。"


def title_of(thing_title: str) -> str:
    return f"{thing_title}的预约" if thing_title else "这次预约"


def in_a_list(number: str, title: str, start: datetime, now: datetime) -> str:
    return f"{title} {slot(start, now)} {number[-4:]}"


def line(number: str, title: str, start: datetime, minutes: int, *, code: str, orphaned: bool) -> str:
    """One booking in the list of a resident's own."""
    proof = f"，到访码{code}" if code else ""
    waits = "（原来的师傅来不了，站里正在换人）" if orphaned else ""
    return f"{title}：{span(start, minutes)}，编号{number}{proof}{waits}"


def wait_line(title: str, since: datetime, position: int) -> str:
    return f"候补：{title}，{date_of(since)}，排第{position}位"


def mine(lines: Sequence[str]) -> str:
    return "\n".join(["您约了：", *lines])


def cancel_which(number: str, title: str, start: datetime, minutes: int) -> str:
    return f"要取消{title}，{span(start, minutes)}（{number}），确定吗？"


def kept_as_it_is(title: str) -> str:
    return f"好的，{title}照旧。"


def move_when(title: str, old: datetime) -> str:
    return f"{title}原来是{date_of(old)}{clock(old)}，改到哪天几点？直接说，或者点最近有空的："


def cancel_all(count: int) -> str:
    return f"要把{count}单全部取消，确定吗？"


def cancelled(titles: Sequence[str]) -> str:
    return f"已经取消：{'、'.join(titles)}。不收费用。需要时再跟我说。"


def move_back(title: str, old: datetime, new: datetime, minutes: int) -> str:
    return f"{title}从{date_of(old)}{clock(old)}改到{span(new, minutes)}，对吗？"


def moved(number: str, title: str, start: datetime, minutes: int) -> str:
    return f"改好了：{title}，{span(start, minutes)}，编号还是{number}。"


def left_queue(titles: Sequence[str]) -> str:
    return f"好的，{'、'.join(titles)}的候补已经取消。"


def rated(number: str) -> str:
    """Thanks, or the number of the complaint that a bad word became."""
    if number:
        return f"对不起，没做好。已经给您登记，编号：\n{number}\n站里会联系您处理；具体哪里不好，可以直接接着说。"
    return "谢谢您的评价！"


def offer_declined(title: str) -> str:
    return f"好的，{title}的这个时间让给后面的人，候补也取消了。"
