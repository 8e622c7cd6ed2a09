"""The sample catalogue: what the city lists, who does it at the sample station, and the rooms to be had there."""

from bot.store import Session, station
from bot.store import service as services
from bot.store.service import Provider, Service, StationService, Venue, Where

_V, _S = Where.VISIT, Where.ON_SPOT
_CITY = (  # id, name, where, minutes, lead minutes, price, conditions
    ("cleaning", "保洁", _V, 120, 120, "每小时50元，2小时起（示例）", "家里要有人在"),
    ("appliance_cleaning", "家电清洗", _V, 120, 240, "空调每台80元起，油烟机每台120元起（示例）", "请提前断电"),
    ("appliance_repair", "家电维修", _V, 90, 120, "上门费30元，工时、配件先报价（示例）", "请说清牌子和毛病"),
    ("plumbing_electrical", "水电维修", _V, 60, 60, "上门费30元，工时、配件先报价（示例）", "跑水先关总阀，跳闸别硬推"),
    ("pipe_unblocking", "管道疏通", _V, 60, 60, "每处80元起（示例）", ""),
    ("locksmith", "开锁换锁", _V, 60, 30, "开锁每次100元起（示例）", "请备好身份证，师傅要核对"),
    ("moving", "搬家", _V, 240, 1440, "小货车每趟300元起（示例）", "贵重物品自己带"),
    ("haircut", "理发", _S, 30, 30, "每次15元，60岁以上8元（示例）", ""),
    ("companion_care", "陪护陪诊", _V, 240, 1440, "每小时45元，4小时起（示例）", "请带好病历和医保卡"),
    ("laundry", "洗衣", _V, 30, 120, "按件算，水洗每件15元起（示例）", "上门取，3天后送回"),
    ("meal_delivery", "助餐", _V, 30, 120, "每份15元，70岁以上12元（示例）", "有忌口请先说"),
    ("shopping", "代购", _V, 60, 60, "跑腿费每次10元，货款另算（示例）", "药品只代购非处方药"),
    ("parcel_service", "代收代寄", _V, 30, 60, "代收免费，代寄按快递公司的价（示例）", ""),
    ("printing", "打印复印", _S, 30, 0, "黑白每张0.5元（示例）", "文件可以先传到手机"),
)
_DAILY = {str(day): [["08:00", "20:00"]] for day in range(7)}
_TWO_SHIFTS = {str(day): [["08:30", "12:00"], ["13:30", "19:00"]] for day in range(7)}
_MEALS = {str(day): [["11:00", "13:00"], ["17:00", "19:00"]] for day in range(7)}
_ALWAYS = {day: [["00:00", "24:00"]] for day in ("0", "1", "2", "3", "4", "5", "6", "holiday")}
_WHO: tuple[
    tuple[str, str, int, dict[str, list[list[str]]], tuple[str, ...]], ...
] = (  # code, name, how many at a time, hours, services
    ("P01", "示例保洁队", 2, _DAILY, ("cleaning", "laundry")),
    ("P02", "示例家电服务部", 1, _TWO_SHIFTS, ("appliance_cleaning", "appliance_repair")),
    ("P03", "示例水电师傅", 1, _TWO_SHIFTS, ("plumbing_electrical", "pipe_unblocking")),
    ("P04", "示例开锁公司", 1, _ALWAYS, ("locksmith",)),
    ("P05", "示例搬家公司", 1, _DAILY, ("moving",)),
    ("P06", "示例理发店", 1, {}, ("haircut",)),
    ("P07", "示例陪护队", 2, _DAILY, ("companion_care",)),
    ("P08", "示例社区食堂", 10, _MEALS, ("meal_delivery",)),
    ("P09", "服务站跑腿员", 1, {}, ("shopping", "parcel_service")),
    ("P10", "服务站打印台", 2, {}, ("printing",)),
)
_ROOMS = (  # code, name, seats, equipment, minutes
    ("V01", "活动室", 30, "音响、桌椅", 120),
    ("V02", "会议室", 20, "投影、白板", 120),
    ("V03", "舞蹈室", 15, "镜子、音响", 120),
    ("V04", "多功能厅", 80, "投影、音响、话筒", 180),
    ("V05", "书画室", 12, "画案", 120),
)


def fill(session: Session) -> None:
    """Put the sample catalogue where the sample stations are."""
    session.add_all(
        Service(
            id=name,
            name=title,
            place=where.value,
            minutes=minutes,
            lead_minutes=lead,
            price=price,
            area="本社区范围内",
            conditions=conditions,
            position=position,
        )
        for position, (name, title, where, minutes, lead, price, conditions) in enumerate(_CITY)
    )
    session.flush()
    by_code = {one.code: one for one in station.everywhere(session)}
    life, learning = by_code["S01"], by_code["L01"]
    session.add(StationService(station_id=life.id, service_id="cleaning", price="每小时45元，2小时起（本站示例价）"))
    for code, name, capacity, hours, does in _WHO:
        who = Provider(code=code, station_id=life.id, name=name, capacity=capacity, hours=hours)
        session.add(who)
        session.flush()
        services.serve(session, who.id, does)
    session.add_all(
        Venue(code=code, station_id=learning.id, name=name, seats=seats, equipment=equipment, minutes=minutes)
        for code, name, seats, equipment, minutes in _ROOMS
    )
    session.flush()
