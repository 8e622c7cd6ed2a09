"""What the staff read where they write the knowledge base: columns, flaws of an entry, what a change would do."""

from bot.nlu.faq import Finding, Flaw
from bot.nlu.replay import Replayed
from bot.rules.knowledge_edit import EditedMeanwhile, Known
from bot.wording import explain

TITLE, NEW, GAPS = "知识库", "写一条", "没答上的"
QUESTION, ORIGIN, REVIEWED, EXPIRES, ASKED = "问题", "来源", "核对日期", "有效期", "30天问到"
HINT = "问题、问法或答复里的字"
NONE, NONE_WORDS = "没有这样的条目", "换个分类看看，或者写一条新的。"
TABS = {"": "全部", "own": "我们写的", "stale": "该核对的", "hidden": "已停用"}
SINGLE = "-"
NOT_ADDED = "不加"
FIELDS = {
    "question": ("问题", "居民看到的标题，例如：老年证怎么办？"),
    "ask": ("居民会怎么问", "一行一种说法，越不一样越好：两个字的、一大串的、四川话的"),
    "answer": ("答复", "第一行先回答；用“您”。{community.phone}、{station.hours}这样的会自动换成站点的电话、时间"),
    "source": ("依据", "文件名、网址或哪个部门说的"),
    "reviewed": ("核对日期", "最近一次和依据对过的日子"),
    "expires": ("有效期到", "过了这天就不能再信的，才填"),
    "topic": ("归哪个文件", "导出时写进这个文件"),
    "action1": ("下面可点的事", "居民看完答复，接着能点的"),
    "action2": ("可点的事（二）", ""),
    "related1": ("相关问题", ""),
    "related2": ("相关问题（二）", ""),
}
FLAWS = {
    Flaw.CLAIMED: ("ask", "“{about}”已经归别的条目或功能了，请去掉，或者到那一条里改"),
    Flaw.NO_WAYS: ("ask", "还没有别的问法，居民换个说法就找不到了"),
    Flaw.NO_SOURCE: ("source", "请写依据"),
    Flaw.NOT_REVIEWED: ("reviewed", "请填核对日期"),
    Flaw.REVIEWED_LATER: ("reviewed", "核对日期在今天以后"),
    Flaw.EXPIRED: ("expires", "已经过期，过期的不能发布"),
    Flaw.EXPIRES: ("expires", "不到30天就过期了"),
    Flaw.TOO_LONG: ("answer", "太长了，一条微信最多约560个字"),
    Flaw.DEAD_RELATED: ("related1", "相关问题“{about}”已经没有了"),
    Flaw.DEAD_ACTION: ("action1", "“{about}”这件事还不能点"),
    Flaw.DEAD_FACT: ("answer", "花括号里的“{about}”填不出来，请照说明写"),
}
NOBODY = "答不上"
MASK_NOTE = "号码、门牌已隐去。"


def origin(one: Known) -> str:
    """Where an entry comes from, and whether it is answered."""
    if one.hidden:
        return "已停用"
    if not one.own:
        return "文件"
    if one.exported:
        return "我们写的，已写入文件"
    return "文件，我们改过" if one.in_files else "我们写的"


def flaw(found: Finding) -> tuple[str, str]:
    """The field that a finding is about, and what to do."""
    field, words = FLAWS[found.flaw] if found.flaw is not None else ("question", found.sentence)
    return field, words.format(about=found.about)


def summary(told: Replayed) -> str:
    """What a change would do to past messages."""
    mended = sum(change.times for change in told.mended)
    spoiled = sum(change.times for change in told.spoiled)
    words = f"拿最近30天的{told.asked}条留言试了一遍：新答得上{mended}条，答复会变{spoiled}条。"
    return words + (f"还有{told.left}条没来得及试。" if told.left else "")


@explain.register
def _(_refusal: EditedMeanwhile) -> str:
    return "有人刚刚改过这一条，您写的还在下面，请对照着再保存一次。"
