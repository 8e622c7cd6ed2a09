"""What the staff read on the pages of activities, neighbours' help and notices."""

from bot.store.activity import Organiser, Standing, State
from bot.store.bulletin import Topic

TITLE, NEW, NEW_NOTICE = "活动", "新建活动", "写通知"
TABS = (
    ("/console/activities", "活动"),
    ("/console/aid", "互助"),
    ("/console/bulletins", "通知"),
    ("/console/volunteers", "志愿"),
    ("/console/suggestions", "建议"),
    ("/console/polls", "投票"),
    ("/console/contests", "征集"),
)
VIEWS = {"ahead": "要办的", "past": "办过的"}
HINT = "名称或主办方"
NONE, NONE_WORDS = "还没有活动", "新建一个，写清时间地点名额，发布后居民在公众号里就能看到、报名。"
NAME, WHEN, ORGANISER, STATE, PLACES = "名称", "时间", "主办方", "状态", "名额"
STATES = {
    State.DRAFT.value: "草稿",
    State.PUBLISHED.value: "已发布",
    State.OVER.value: "已结束",
    State.CANCELLED.value: "已取消",
}
ORGANISERS = {
    Organiser.COMMUNITY.value: "社区",
    Organiser.SOCIAL_ORGANISATION.value: "社会组织",
    Organiser.SOCIAL_ENTERPRISE.value: "社会企业",
    Organiser.RESIDENT_UNIT.value: "驻区单位",
    Organiser.RESIDENTS.value: "居民",
}
STANDINGS = {
    Standing.ENROLLED.value: "已报名",
    Standing.CAME.value: "已签到",
    Standing.WAITING.value: "候补",
    Standing.OFFERED.value: "留着名额",
}
TOPICS = {
    Topic.POLICY.value: "政策",
    Topic.OUTAGE.value: "停水停电",
    Topic.SAFETY.value: "安全",
    Topic.SERVICE.value: "便民",
    Topic.OTHER.value: "其他",
}
WORDS, STATION, SPOT, DAY, FROM, UNTIL = "说明", "站点", "具体地点", "日期", "开始", "结束"
AUDIENCE, KIND = "对象", "主办类别"
NAME_HINT = "居民会直接说这个名字，短一点，别和别的重名"
PLACES_HINT = "不限就填0；候补、留名额都自动"
SPOT_HINT = "比如“一楼大厅”"
TOPIC, VALID_FROM, VALID_UNTIL, PUBLISHED = "类别", "从哪天", "到哪天", "现在就让居民看到"
WORDS_HINT = "居民问到标题，就答这段话"
NOTICE_NONE, NOTICE_NONE_WORDS = "还没有通知", "写一条，有效期里居民一问就答，到期自己收起来。"
AID_NONE, AID_NONE_WORDS = "没有要看的互助", "居民发的求助和帮忙，先在这里看过，改成不带个人信息的话，再给邻居看。"
ENDED_NOTICE, DRAFT_NOTICE, HOLDS, LATER = "已过期", "草稿", "有效", "还没到日子"


def places(taken: int, most: int) -> str:
    """How many places are taken, of how many."""
    return f"{taken}/{most}" if most else f"{taken}，不限"


def counts_of(kinds: dict[str, tuple[int, int]]) -> list[str]:
    """By kind of organiser, what was held this year."""
    return [f"{ORGANISERS[kind]}{count}场，{came}人到" for kind, (count, came) in kinds.items()]
