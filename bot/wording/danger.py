"""The safety cards: whom to call first, then what to do until they come."""

from bot.nlu.danger import Danger

CARDS = {
    Danger.GAS: (
        "⚠ 人先到屋外，再打119、燃气抢修962777！\n"
        "别在屋里打电话，别开关电器，别点火。顺手能关气阀、开窗就做，别多停留。\n"
        "有人头晕恶心：抬到通风处，打120。"
    ),
    Danger.FIRE: (
        "⚠ 马上打119！有人受伤打120！\n"
        "走楼梯往外跑，别坐电梯，别回去拿东西。湿毛巾捂口鼻，弯下腰走。\n"
        "烟大出不去：关紧门，堵住门缝，到窗边喊人。"
    ),
    Danger.TRAPPED: (
        "⚠ 打119！有人不舒服打120！\n"
        "困在电梯里：按警铃或通话键，打轿厢里贴的救援电话。\n"
        "别扒门、别撬、别跳，靠着轿厢壁等人来。"
    ),
    Danger.ELECTRIC: (
        "⚠ 有人触电打120！着火打119！电线掉了打95598！\n"
        "别用手碰人、碰线，离地上的电线8米以外。\n"
        "能断总闸先断闸，再救人。"
    ),
    Danger.LIFE: (
        "现在就可以打12356，心理援助热线，会有人好好听您说。\n"
        "已经受伤或者马上有危险，请打120、110。\n"
        "您愿意说出来，很不容易，不用一个人扛。说的是身边的人，请守着他，马上打110。"
    ),
    Danger.PERSON_DOWN: (
        "⚠ 马上打120！落水、坠楼、有人动刀，同时打110、119！\n"
        "守着他，别随便搬动；没有呼吸，按120电话里教的做。\n"
        "落水的别下去拉，扔竹竿、绳子、救生圈。"
    ),
}
CALL_FIRST = "请先打电话，别等这里的回复。"
IN_GROUP = "先打电话！再点开公众号私聊我说地方，我马上登记。"


def card(danger: Danger) -> str:
    """The numbers, then what to do."""
    return CARDS[danger] if danger is Danger.LIFE else f"{CARDS[danger]}\n{CALL_FIRST}"


def opened(danger: Danger, number: str, gone_to: str) -> str:
    """Below the card: the number, and who has it."""
    if danger is Danger.LIFE:
        return f"您说的我也记下了，编号：\n{number}\n{gone_to}"
    return f"我同时按最急的一级登记了，编号：\n{number}\n{gone_to}"


def where(danger: Danger) -> str:
    """The one thing that is asked."""
    if danger is Danger.LIFE:
        return "您现在在哪里？愿意的话告诉我，好让人来陪您。"
    return "是在哪里？说小区和楼栋，或者发个定位。"
