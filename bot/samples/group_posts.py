"""What stands in the sample groups from the start: a lesson, the staff's rota, a notice that waits for its owner."""

from bot.rules import group
from bot.rules.group import Card, Content, Text
from bot.rules.office import Office
from bot.samples.residents_groups import CODES
from bot.samples.wecom import RESIDENTS_GROUPS
from bot.store import group as rows

PLACE = "示例社区知识共享站 一楼分享厅"


def fill(office: Office, root: str) -> None:
    """Written once; `root` is where our own pages are."""
    posts: dict[str, Content] = {
        "party": Card(
            "【学习】书记讲党课：院落里的治理（示例）",
            f"{root}/h5/courses",
            "讲讲楼栋议事的几件实事。",
            (("时间", "周二 19:00"), ("地点", PLACE)),
        ),
        "work": Card(
            "本周值班（示例）",
            f"{root}/h5/stations",
            "请各网格员晚上七点前回报巡查情况。",
            (("值班", "示例社区值班员"), ("电话", "028-0000-0010")),
        ),
        CODES[RESIDENTS_GROUPS[0].chat_id]: Text(
            "明天上午9点到11点，示例新村停水检修（示例）。请提前接好水，给您添麻烦了。"
        ),
    }
    for code, content in posts.items():
        chat = rows.coded(office.session, code)
        if chat is not None:
            group.post(office, chat.id, content, key=f"sample-{code}")
