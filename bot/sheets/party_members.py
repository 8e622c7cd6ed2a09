"""The roster of the Party's members as a workbook: number, name, branch, and no more than is needed."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from bot.privacy import masked_number
from bot.rules import member
from bot.rules.member import Entry
from bot.rules.office import Office
from bot.sheets import words
from bot.sheets.kind import Personal
from bot.sheets.row import Once, Row, split, unique
from bot.store import member as rows
from bot.store.member import Membership, MemberState

COLUMNS = ("code", "member_name", "phone", "branch_code", "branch", "member_kind", "secretary", "tags", "on_roster")
STAR = "*"
MOST_TAG = 20


def take_in(office: Office, lines: Sequence[Row]) -> set[UUID]:
    """Write everybody by their number; who is in no row stays as they are, and a new branch is written down too."""
    unique(lines, "code")
    once, branches, usual = Once(), dict[str, UUID](), member.usual_area(office)
    for row in lines:
        code, name = row.text("code", needed=True, most=32), row.text("member_name", needed=True, most=40)
        phone, kind = row.phone("phone"), row.one_of("member_kind", "member_kind", default=Membership.COMMUNITY.value)
        branch, called = row.text("branch_code", needed=True, most=32), row.text("branch")
        secretary = row.one_of("secretary", "in_use", default="no")
        on_roster = row.one_of("on_roster", "on_roster", default="yes")
        tags = split(row.text("tags", most=200), words.sign("list"))
        for column in ("member_name", "phone"):
            if STAR in row.cells.get(column, ""):
                row.wrong(column, "masked")
        if any(len(tag) > MOST_TAG for tag in tags):
            row.wrong("tags", "too_long", most=MOST_TAG)
        once.first(row, ("branch_code", "branch"), branch)
        if not called and rows.branch_coded(office.session, branch) is None:
            row.wrong("branch", "empty")
        if row.problems:
            continue
        if branch not in branches:
            branches[branch] = member.branch(office, branch, called, usual).id
        entry = Entry(
            code,
            name,
            branches[branch],
            phone,
            Membership(kind),
            secretary == "yes",
            tuple(tags),
            has_left=on_roster == "no",
        )
        member.put(office, entry)
    return set()


def give_out(office: Office, full: bool) -> Iterator[Mapping[str, str]]:
    """The whole roster by number; name and telephone masked unless in `full`."""
    kinds, yes, roster = words.names("member_kind"), words.names("in_use"), words.names("on_roster")
    for one, branch in rows.everybody(office.session):
        name, phone = member.name_of(office, one), member.phone_of(office, one)
        yield {
            "code": one.code,
            "member_name": name if full else member.masked_name(name),
            "phone": phone if full else masked_number(phone),
            "branch_code": branch.code,
            "branch": branch.name,
            "member_kind": kinds[one.kind],
            "secretary": yes["yes" if one.is_secretary else "no"],
            "tags": words.sign("list").join(one.tags),
            "on_roster": roster["no" if one.state == MemberState.LEFT else "yes"],
        }


KIND = Personal(columns=COLUMNS, take_in=take_in, give_out=give_out)
