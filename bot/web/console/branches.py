"""The branches of the Party: what they are called, and to which community they belong."""

from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import member
from bot.store import member as rows
from bot.store import place
from bot.store.member import Branch
from bot.store.place import Level
from bot.web.console.form import Filled, Form
from bot.web.console.members import KEEPS, MEMBERS, SEES
from bot.web.console.named import named
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording import member_console as say

pages = Pages()
BRANCHES = "/console/branches"
ONE = BRANCHES + "/{id}"


class Typed(BaseModel):
    """What is typed of a branch."""

    code: str = About(title=say.BRANCH_CODE, min_length=1, max_length=32)
    name: str = About(title=say.BRANCH_NAME, min_length=2, max_length=80)
    area: str = About(default="", title=say.AREA, max_length=36)


@pages.get(BRANCHES, roles=SEES)
def show(visit: Visit) -> Answer:
    """Every branch, and how many it has."""
    return _page(visit, _form(visit).shown({"area": member.usual_area(visit.office) or ""}), None)


@pages.post(BRANCHES, roles=KEEPS, refused=lambda visit, refusal: _refused(visit, refusal))
def add(visit: Visit) -> Answer:
    """One more."""
    typed = _form(visit).read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, typed, None, status=422)
    if rows.branch_coded(visit.office.session, typed.code) is not None:
        raise member.BranchCodeTaken
    return _saved(visit, member.branch(visit.office, typed.code, typed.name, _area(visit, typed)))


@pages.get(ONE, roles=KEEPS)
def one(visit: Visit) -> Answer:
    row = _found(visit)
    return _page(visit, _form(visit).shown(_values(row)), row)


@pages.post(ONE, roles=KEEPS, refused=lambda visit, refusal: _refused(visit, refusal))
def save(visit: Visit) -> Answer:
    row = _found(visit)
    typed = _form(visit).read(visit.asked, _values(row))
    if isinstance(typed, Filled):
        return _page(visit, typed, row, status=422)
    return _saved(visit, member.branch(visit.office, typed.code, typed.name, _area(visit, typed), row=row))


def areas(visit: Visit) -> list[tuple[str, str]]:
    """The communities somebody may write for, and the whole city for whoever sees it."""
    found = [
        (str(one.id), one.name)
        for one in place.areas(visit.office.session)
        if one.level == Level.COMMUNITY and (visit.scope.everything or one.id in visit.scope.areas)
    ]
    whole = visit.scope.everything or visit.scope.unplaced
    return [("", say.WHOLE_CITY), *found] if whole else found


def area_of(visit: Visit, text: str) -> UUID | None:
    """The community that was chosen. Raises NotThere for one that is not theirs."""
    if text not in dict(areas(visit)):
        raise NotThere
    return UUID(text) if text else None


def _found(visit: Visit) -> Branch:
    row = rows.branch_within(visit.office.session, visit.scope, named(visit))
    if row is None:
        raise NotThere
    return row


def _form(visit: Visit) -> Form[Typed]:
    return Form(Typed, choices={"area": areas(visit)})


def _area(visit: Visit, typed: Typed) -> UUID | None:
    return area_of(visit, typed.area)


def _values(row: Branch) -> dict[str, object]:
    return {"code": row.code, "name": row.name, "area": row.area_id or ""}


def _saved(visit: Visit, row: Branch) -> Answer:
    visit.noted("branch.saved", row.code)
    return Go(BRANCHES, "saved")


def _refused(visit: Visit, refusal: Refusal) -> Answer:
    row = _found(visit) if "id" in visit.asked.path else None
    return _page(visit, _form(visit).again(visit.asked, {}), row, error=explain(refusal), status=409)


def _page(visit: Visit, filled: Filled, row: Branch | None, *, error: str = "", status: int = 200) -> View:
    sizes = rows.sizes(visit.office.session)
    facts = {
        "lines": [
            (str(it.id), it.code, it.name, sizes.get(it.id, 0))
            for it in rows.branches(visit.office.session, visit.scope)
        ],
        "filled": filled,
        "error": error,
        "words": say,
        "at_form": f"{BRANCHES}/{row.id}" if row else BRANCHES,
        "members": MEMBERS,
        "tab": MEMBERS,
        "may_write": visit.me.role in KEEPS,
    }
    return View("branches.html", facts, status)
