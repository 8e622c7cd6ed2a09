"""What a complaint is about, from residents' own words; and the short answers about it."""

import pytest

from bot.nlu import kinds
from bot.nlu.kinds import Trouble
from bot.nlu.spots import names_a_spot
from bot.nlu.verdict import Verdict, skips, verdict, withdraws
from bot.wording.ticket import TROUBLES

SAID = {
    Trouble.GARBAGE: [
        "2栋楼下垃圾三天没人收",
        "垃圾桶满了没人倒",
        "楼道脏得很没人扫",
        "有人乱丢建渣",
        "邻居养鸽子到处是屎",
    ],
    Trouble.NOISE: [
        "楼上半夜吵得睡不着",
        "广场舞音响太大了",
        "四楼又在砸墙，娃儿午觉都睡不成",
        "隔壁电钻从早上七点钻到现在",
        "狗叫了一晚上没法睡",
    ],
    Trouble.LIFT: ["电梯又坏了老人下不了楼", "3栋电梯停在七楼不动了", "电梯老是抖怕得很", "电梯门关不拢老是夹人"],
    Trouble.LAMP: [
        "路灯不亮",
        "楼道灯不亮了好几天",
        "单元门口的灯黑了一个星期了",
        "走廊里一到晚上黑得伸手不见五指",
        "地下车库的灯坏了一半",
    ],
    Trouble.PIPE_LEAK: ["下水道堵了污水冒出来", "水管爆了到处是水", "化粪池溢出来了", "小区里有积水过不去"],
    Trouble.MANHOLE: ["门口井盖破了", "路上有个坑没盖子", "地砖烂了老人摔了一跤", "那个圆铁盖盖翻起来半边"],
    Trouble.FIRE_LANE: [
        "消防通道被车堵了",
        "楼道里堆满了杂物",
        "邻居把鞋柜摆在走廊上",
        "有人把三轮车锁在消防栓上",
        "天台门被锁了逃生都跑不出去",
    ],
    Trouble.PARKING: [
        "有车乱停挡住我的车位了",
        "僵尸车占了车位半年没人挪",
        "共享单车乱停挡到路",
        "车停在人行道上走不过去",
    ],
    Trouble.DOG: ["有人遛狗不拴绳", "大狗没拴绳差点咬到娃儿", "院子里到处是狗屎"],
    Trouble.HIGH_THROW: ["楼上往下扔东西差点砸到人", "高空抛物", "外墙砖掉下来了", "刚才楼上丢下来一个啤酒瓶"],
    Trouble.EBIKE_IN_LIFT: ["有人把电瓶车推进电梯", "楼下有人飞线充电", "从五楼拉一根线下来给车充电", "电动车上楼充电"],
    Trouble.SMELL: [
        "饭店油烟直接排到我家窗户",
        "下水道反味受不了",
        "垃圾房味道太大夏天窗子都不敢开",
        "夜里有人在楼下烧纸",
    ],
    Trouble.ILLEGAL_BUILDING: ["顶楼邻居搭了个阳光房", "有人违章搭建", "绿化带被人种菜", "一楼把花园围起来修房子了"],
    Trouble.GROUP_RENTING: ["群租房住了十几个人", "对门把房子打成隔断租给十几个人", "房子当成民宿天天陌生人进出"],
    Trouble.PROPERTY_SERVICE: [
        "物业打了几次电话都没人管",
        "保安不管事陌生人随便进",
        "师傅态度差乱收费",
        "物业私自涨停车费我要反映",
    ],
    Trouble.EQUIPMENT: [
        "健身器材断了",
        "单元门禁坏了一个月没人修",
        "斜坡扶手断了轮椅上不去",
        "门口的监控坏了",
        "快递柜坏了半个月",
    ],
    Trouble.SEEPAGE: ["楼上漏水把我家天花板泡了", "屋顶漏雨", "楼上卫生间漏水渗到我家墙都发霉了"],
    Trouble.PESTS: ["小区有老鼠", "蟑螂多得很没人消杀", "垃圾桶边上老鼠跑来跑去", "绿化带白蚁把树蛀空了"],
    Trouble.OTHER: ["我要投诉楼上邻居", "整栋楼停电了", "门口小贩占道", "树枝挡住窗户了没人剪"],
}


@pytest.mark.parametrize(("trouble", "words"), [(trouble, words) for trouble, said in SAID.items() for words in said])
def test_the_kind_of_a_complaint(trouble: Trouble, words: str) -> None:
    assert kinds.find(words) is trouble


def test_every_kind_is_tried_and_has_a_name() -> None:
    assert set(SAID) == set(TROUBLES) == set(Trouble)


@pytest.mark.parametrize(
    "words", ["", "我要投诉", "投诉", "报修一下", "我要反映个问题", "我要报修公共设施", "反映问题、报事报修", "2"]
)
def test_what_says_nothing_yet(words: str) -> None:
    assert not kinds.says_what(words)


@pytest.mark.parametrize("words", ["路灯坏了", "我要投诉物业", "投诉楼上", "我要投诉楼上邻居"])
def test_what_says_something(words: str) -> None:
    assert kinds.says_what(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("满意", Verdict.GOOD),
        ("很满意，谢谢", None),
        ("非常满意！", Verdict.GOOD),
        ("巴适得很", Verdict.GOOD),
        ("修好了", Verdict.GOOD),
        ("1", Verdict.GOOD),
        ("一般", Verdict.FAIR),
        ("马马虎虎", Verdict.FAIR),
        ("2", Verdict.FAIR),
        ("不满意", Verdict.BAD),
        ("一点都不满意", Verdict.BAD),
        ("没修好", Verdict.BAD),
        ("还没修好", Verdict.BAD),
        ("还是没解决", Verdict.BAD),
        ("又漏了", Verdict.BAD),
        ("不得行", Verdict.BAD),
        ("不满意，昨晚又吵了", Verdict.BAD),
        ("没修好 灯还是黑的", Verdict.BAD),
        ("没有，谢谢", None),
        ("3", Verdict.BAD),
        ("4", None),
        ("社保卡在哪里办", None),
        ("路灯坏了", None),
        ("你们的服务我不太满意想投诉", None),
        ("", None),
    ],
)
def test_what_a_resident_thinks_of_it(words: str, expected: Verdict | None) -> None:
    assert verdict(words) is expected


@pytest.mark.parametrize(
    "words", ["没有", "没有了", "跳过", "没得照片", "算了", "不用了", "不晓得", "好的", "嗯", "就这些。"]
)
def test_nothing_more(words: str) -> None:
    assert skips(words)


@pytest.mark.parametrize("words", ["没有人来", "没人收", "不得行", "路灯坏了", "好多天了"])
def test_something_more(words: str) -> None:
    assert not skips(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("撤销", True),
        ("是误会，撤销", True),
        ("搞错了", True),
        ("不投诉了", True),
        ("取消预约", False),
        ("误会大了你们来看", False),
    ],
)
def test_taken_back(words: str, expected: bool) -> None:
    assert withdraws(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("东门口公交站旁边", True),
        ("地下车库B区", True),
        ("3楼过道", True),
        ("快点嘛", False),
        ("你们快来人", False),
        ("臭得很", False),
    ],
)
def test_whether_words_tell_a_place(words: str, expected: bool) -> None:
    assert names_a_spot(words) is expected
