"""What the staff read about the catalogue: services as the city and a station have them, and who does them."""

from collections.abc import Mapping

from bot.rules.catalogue import StillBooked, WrongWay
from bot.wording import explain

OWN, NOT_OFFERED = "本站", "本站不提供"
PRICE, AREA, CONDITIONS, MINUTES, LEAD, OFFERED = "价格", "范围", "条件", "时长（分钟）", "提前（分钟）", "本站提供"
STEP = "半小时的倍数，比如30、60、90"
NAME, PHONE, CAPACITY, ACCOUNT = "名称", "电话", "同时能接几单", "登录账号"
ACCOUNT_HINT = "选了以后，他用这个账号看自己的订单"
NO_ACCOUNT = "没有账号"
DAYS: Mapping[str, str] = {f"day{number}": f"周{name}" for number, name in enumerate("一二三四五六日")} | {
    "holiday": "节假日"
}
NOT_HOURS = "写法不对，例如 09:00-12:00 13:30-18:00"
ON_THE_HALF_HOUR = "请填30的倍数"


@explain.register
def _(_refusal: WrongWay) -> str:
    return "停约的结束时间要在开始之后，而且还没过去。"


@explain.register
def _(refusal: StillBooked) -> str:
    return f"那段时间已经约了{'、'.join(refusal.numbers)}，请先改时间或取消，再停约。"
