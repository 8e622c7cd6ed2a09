"""The form of a member of the roster: what is typed, and what it means."""

from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.rules.member import Entry
from bot.sheets.row import split
from bot.store import member as rows
from bot.store.member import Membership, MemberState, PartyMember
from bot.web.console.form import Form
from bot.web.console.page import NotThere, Visit
from bot.wording import member_console as say

LIST_SIGN = "、"


class Typed(BaseModel):
    """What is typed of somebody new."""

    code: str = About(title=say.CODE, min_length=1, max_length=32)
    name: str = About(title=say.NAME, description=say.NAME_HINT, min_length=2, max_length=40)
    phone: str = About(default="", title=say.PHONE, description=say.PHONE_HINT, max_length=32)
    branch: UUID = About(title=say.BRANCH)
    kind: Membership = About(default=Membership.COMMUNITY, title=say.KIND)
    tags: str = About(default="", title=say.TAGS, description=say.TAGS_HINT, max_length=100)
    secretary: bool = About(default=False, title=say.SECRETARY)


class Changed(Typed):
    """What is typed of somebody who stands there: name and telephone are not shown, and kept where nothing is typed."""

    name: str = About(default="", title=say.NAME, description=say.NAME_KEPT, max_length=40)
    phone: str = About(default="", title=say.PHONE, description=say.NAME_KEPT, max_length=32)
    left: bool = About(default=False, title=say.HAS_LEFT)


def new_form(visit: Visit) -> Form[Typed]:
    return Form(Typed, choices=_choices(visit))


def edit_form(visit: Visit) -> Form[Changed]:
    return Form(Changed, choices=_choices(visit))


def _choices(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    branches = [(str(one.id), one.name) for one in rows.branches(visit.office.session, visit.scope)]
    return {"branch": branches, "kind": list(say.KINDS.items())}


def entry_of(visit: Visit, typed: Typed, name: str, phone: str, *, has_left: bool) -> Entry:
    if rows.branch_within(visit.office.session, visit.scope, typed.branch) is None:
        raise NotThere
    tags = tuple(split(typed.tags, LIST_SIGN))
    return Entry(typed.code, name, typed.branch, phone, typed.kind, typed.secretary, tags, has_left)


def values_of(row: PartyMember) -> dict[str, object]:
    return {
        "code": row.code,
        "name": "",
        "phone": "",
        "branch": row.branch_id,
        "kind": row.kind,
        "tags": LIST_SIGN.join(row.tags),
        "secretary": row.is_secretary,
        "left": row.state == MemberState.LEFT,
    }
