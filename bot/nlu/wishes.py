"""What residents wish for: of which kind a suggestion is, whether two are alike, and when somebody asks after one."""

import re
from enum import StrEnum

from bot.nlu.spots import names_a_spot


class Wish(StrEnum):
    """What a suggestion is about."""

    COURSE = "course"
    FACILITY = "facility"
    SERVICE = "service"
    SPACE = "space"  # an idle corner that could be used
    OTHER = "other"


_SIGNS = (  # the first that fits, for an idle corner may well become a playground
    (
        Wish.SPACE,
        r"空地|闲置|空置|荒地|荒起|空起的|空着的|空屋|空房|空门面|角落|边角|金角银边|利用起来|没用起来|架空层",
    ),
    (
        Wish.COURSE,
        r"课|班|讲座|培训|活动|比赛|合唱|舞蹈队|书画|电影|晚会|换书会|跳蚤市场|夜校|大学|党课|宣讲|志愿|亲子|老年大学",
    ),
    (
        Wish.FACILITY,
        r"路灯|灯|凳|椅|垃圾|健身|器材|减速带|斑马线|扶手|坡道|遮阳|遮雨|雨棚|充电桩|停车|绿化|花园|花草|树|步道|球场|乐园"
        r"|篮球|儿童|监控|门禁|电梯|公告栏|晾衣|棚|厕所|车位|围栏|吸烟区|遛狗|宠物|软垫|饮水|母婴|台阶|地砖|标识|牌子",
    ),
    (
        Wish.SERVICE,
        r"食堂|助餐|送餐|饭|菜|柜|快递|服务站|窗口|柜台|打印|保洁|维修|理发|托管|周末|开门|延长|营业|办事|公告|通知|上门|门诊|义诊|书店",
    ),
)
_KINDS = tuple((wish, re.compile(pattern)) for wish, pattern in _SIGNS)
_BARE = re.compile(
    r"我们?|想|要|给|你们?|您|社区|小区|物业|提|说|建议|建意|意见|想法|点子|金点子|建言|个|点|些|有|一下|一哈|下|可以|能|吗|嘛|吧|啊|哈|噻|的|了|么|在哪|哪|里|箱"
    r"|jianyi|yijian|[\W_]"
)
_PADDING = re.compile(
    r"建议|意见|希望|能不能|可不可以|可以|要是|就好了|最好|应该|不如|我们?|你们?|您|想|觉得|请|社区|小区|个|一下|的|了|吧|嘛|在|把|给|多|点|些|[\W_]"
)
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[Jj]\s?(\d{6})\s?[-—–_]?\s?(\d{4})(?!\d)")
_MINE = re.compile(
    r"^(?:请问|麻烦|帮我|查一?下|查|看看|问一?下)*(?:我|上次|上回|之前|前几天|上周|上个月|上个星期|那天)(?:们)?"
    r"[^，。,]{0,14}(?:建议|意见|点子|想法)[^，。,]{0,8}"
    r"(?:怎么样|咋样|咋个样|回复|答复|采纳|进度|进展|结果|下文|到哪|有没有|有没得|处理|回音|了没|了吗|呢)"
)
_MINE_BARE = re.compile(r"^(?:查一?下|查|看看|看)?我(?:的|提的|提过的)(?:建议|意见)(?:呢|进度|记录)?[？?。！!吧嘛]*$")
_BARE_STATUS = re.compile(r"^(?:查一?下|查|看看|看)?(?:建议|意见)(?:回复|答复|进度|进展|结果)[？?。！!吧嘛]*$")
_SUPPORTS = re.compile(r"支持|赞成|附议|同意|顶|我也(?:想|要|这样|觉得|希望)")
_PUBLIC = re.compile(
    r"^(?:看看|看一?下|看|有|都有|大家|邻居)*(?:哪些|什么|啥子?|大家|邻居)?(?:们)?(?:都)?(?:提了|提过)?(?:哪些|什么|啥子?)?(?:的)?"
    r"(?:您说我办|你说我办|我说你办|公开的?建议|建议公示|意见公示|建议公开)(?:有哪些|有啥子?|在哪看?|在哪里看?)?[？?。！!吧嘛]*$"
    r"|^(?:大家|邻居)(?:们)?都?(?:提了|提过|有)(?:哪些|什么|啥子?)?(?:建议|意见)[？?。！!吧嘛]*$"
)
_LEAST_ALIKE = 0.5
_LEAST_PAIRS = 3
_NAME = re.compile(
    r"(?<=我叫)[\u4e00-\u9fff]{2,3}|(?<=我是)[\u4e00-\u9fff]{2,3}(?=[，,。、]|$)|(?<=姓名[：:])[\u4e00-\u9fff]{2,4}"
    r"|(?:[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕罗毕郝安常于傅康伍余顾孟黄"
    r"穆萧尹姚邵汪祁毛狄米贝明戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田胡凌霍万柯卢莫房丁邓洪包左石崔龚程邢裴陆翁段侯武刘龙叶白蒲向易廖文曾关游]"
    r"(?:[\u4e00-\u9fff]{0,2}))(?=阿姨|大爷|婆婆|嬢嬢|先生|女士|师傅|老师|叔叔?|伯伯|医生|经理|主任|书记|姐|哥|老汉)"
)
_PHONE = re.compile(r"\d[\d\s-]{5,}\d")
_ROOM = re.compile(r"\d+\s*(?:栋|幢|号楼)\s*\d+\s*单元\s*\d*\s*号?|\d+-\d+-\d+|\d+\s*单元\s*\d+\s*号?")


def find(text: str) -> Wish:
    """The kind that the words speak for; OTHER where none does.

    >>> find("楼下那块空地可以做个小花园"), find("希望课程安排在周末")
    (<Wish.SPACE: 'space'>, <Wish.COURSE: 'course'>)
    """
    return next((wish for wish, pattern in _KINDS if pattern.search(text)), Wish.OTHER)


def says_what(text: str) -> bool:
    """Whether it says anything beside that it is a suggestion."""
    return len(_BARE.sub("", text)) > 1


def number(text: str) -> str:
    """J261122-0007, also where it was written small or without the dash; "" where none is named."""
    words = _NUMBER.search(text)
    return f"J{words[1]}-{words[2]}" if words else ""


def asks_after_own(text: str) -> bool:
    """Whether somebody asks how their suggestion stands."""
    return any(pattern.match(text.strip()) for pattern in (_MINE_BARE, _MINE, _BARE_STATUS))


def asks_for_public(text: str) -> bool:
    """Whether somebody wants to read what others suggested."""
    return _PUBLIC.match(text.strip()) is not None


def supports(text: str) -> bool:
    """Whether somebody supports what they name."""
    return _SUPPORTS.search(text) is not None


def is_place(text: str) -> bool:
    """Whether a short answer says where the corner is."""
    return names_a_spot(text)


def alike(one: str, other: str) -> bool:
    """Whether two suggestions want the same: at least half of the shorter one's pairs of characters.

    >>> alike("建议在东门装个减速带", "希望东门口装减速带"), alike("建议多开老年课", "东门装减速带")
    (True, False)
    """
    first, second = _pairs(one), _pairs(other)
    shorter = min(len(first), len(second))
    return shorter >= _LEAST_PAIRS and len(first & second) >= shorter * _LEAST_ALIKE


def unnamed(text: str) -> str:
    """The words without what may point to a person: telephones, doors, and the names that can be recognised.

    >>> unnamed("我叫张三丰，住3栋2单元501，电话13800000000，建议装凳子")
    '我叫某某，住某户，电话****，建议装凳子'
    """
    return _NAME.sub("某某", _ROOM.sub("某户", _PHONE.sub("****", text)))


def points_to_somebody(text: str) -> bool:
    """Whether words for everybody still hold a telephone or a door."""
    return _PHONE.search(text) is not None or _ROOM.search(text) is not None


def _pairs(text: str) -> set[str]:
    plain = _PADDING.sub("", text)
    return {plain[start : start + 2] for start in range(len(plain) - 1)}
