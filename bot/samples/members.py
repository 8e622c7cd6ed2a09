"""A sample roster of the Party's members, by roles and with fictitious telephones."""

from bot.rules import member
from bot.rules.member import Entry
from bot.rules.office import Office
from bot.store.member import Membership

BRANCHES = (("ZB01", "示例社区第一党支部（示例）"), ("ZB02", "示例社区第二党支部（示例）"))
SIGNS = "一二三四五六七八"


def fill(office: Office) -> None:
    """Two branches of four: a secretary each, and one who reports from their work (双报到)."""
    area = member.usual_area(office)
    branches = [member.branch(office, code, name, area).id for code, name in BRANCHES]
    for number, sign in enumerate(SIGNS, 1):
        first = number % 4 == 1
        member.put(
            office,
            Entry(
                code=f"DY{number:02}",
                name=f"示例党员{sign}",
                branch_id=branches[(number - 1) // 4],
                phone=f"028-0000-03{number:02}",
                kind=Membership.DOUBLE if number % 4 == 0 else Membership.COMMUNITY,
                is_secretary=first,
                tags=("骨干",) if first else (),
            ),
        )
