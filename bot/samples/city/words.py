"""What is called what in the synthetic city: names in plenty, none of them anywhere."""

FIRST = "锦和云桂竹荷兰枫柳梧银金玉晨星月春秋华丰安宁康乐福瑞祥清溪江湖岭翠碧青"
SECOND = "绣悦景馨苑泽润城河川源泉林园舍岸湾坡顶港桥亭阁轩里庭洲堂晖影"
THIRD = ("花园", "新村", "小区", "苑", "庭", "府", "家园", "公寓")
LIFE, COMMUNITY, LEARNING = "生活服务站", "党群服务中心", "知识共享站"
SERVICES = "保洁、家电维修、水电维修、管道疏通、理发、助餐、代购、打印复印"
LOCKER_FEE = "快递48小时内免费，外卖2小时内免费（示例）"
CITY = "示例市"
TROUBLES = {
    "garbage": "楼下垃圾几天没人收了",
    "noise": "半夜楼上还在吵，睡不着",
    "lift": "电梯又停了，老人下不来",
    "lamp": "楼道灯坏了，晚上看不见",
    "pipe_leak": "水管在漏，地上全是水",
    "parking": "消防通道停满了车",
    "dog": "有人遛狗不牵绳",
    "seepage": "卫生间天花板在渗水",
    "property_service": "物业电话一直没人接",
    "equipment": "健身器材断了一截",
}
NOTES = {
    "asked": "请问是哪个位置？",
    "answered": "已联系，这两天来看",
    "solved": "已经处理好了",
    "elsewhere": "已转主管部门",
}


HALL = "共享教室（示例）"
COURSES = ("理论学习小课堂", "书记讲党课", "党员话初心", "红色故事会", "邻里文化沙龙", "书法兴趣班")
COURSE_WORDS = "每周一次，欢迎来听（示例课程）。"
LECTURERS = {"tutor": "示例专业导师", "pioneer": "示例先锋模范", "neighbour": "示例身边榜样"}


def course(format_number: int) -> str:
    return COURSES[format_number]


def branch(community_number: int, number: int) -> str:
    return f"{community(community_number)}第{number + 1}党支部"


def member(number: int) -> str:
    return f"示例党员{number + 1}"


def compound(number: int, seed: int) -> str:
    """示例锦绣花园 …, each once: after all of them they go on with 二期."""
    names = len(FIRST) * len(SECOND) * len(THIRD)
    phase, at = divmod(number, names)
    at = (at * 7919 + seed * 104_729) % names  # 7919 is prime to the count: every name once
    rest, third = divmod(at, len(THIRD))
    first, second = divmod(rest, len(SECOND))
    return f"示例{FIRST[first]}{SECOND[second]}{THIRD[third]}" + (f"{phase + 1}期" if phase else "")


def district(number: int) -> str:
    return f"示例{number + 1}区"


def street(number: int) -> str:
    return f"示例{number + 1}街道"


def community(number: int) -> str:
    return f"示例{number + 1}社区"


def general_grid(community_number: int) -> str:
    return f"{community(community_number)}总网格"


def ordinary_grid(number: int) -> str:
    return f"第{number + 1}网格"


def micro_grid(ordinary: int, number: int) -> str:
    return f"{ordinary_grid(ordinary)}{number}号微网格"


def worker(ordinary: int) -> str:
    return f"{ordinary_grid(ordinary)}网格员"


def head(ordinary: int, number: int) -> str:
    return f"{micro_grid(ordinary, number)}员"


def police(number: int) -> str:
    return f"{community(number)}民警"


def secretary(number: int) -> str:
    return f"{community(number)}书记"


def office(number: int) -> str:
    return f"{community(number)}居委会"


def property_of(name: str) -> str:
    return f"{name}物业服务中心"


def address(number: int) -> str:
    return f"示例{number + 1}路{number % 90 + 1}号"


def manager(number: int) -> str:
    return f"{community(number)}管理岗"


def desk(name: str) -> str:
    return f"{name}值班岗"


ADMINISTRATOR = "示例市系统管理岗"


def unit_door(compound: str, building: int, unit: int) -> str:
    return f"{compound}{building}栋{unit}单元门口"
