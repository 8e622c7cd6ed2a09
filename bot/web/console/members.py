"""The roster of the Party's members: looked up masked, written down, claims agreed to or not, branches."""

from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import member
from bot.rules.access import READERS, WORKERS
from bot.rules.member import Line
from bot.store import member as rows
from bot.store.member import Branch, Membership, PartyMember, Wanted
from bot.store.staff import StaffRole
from bot.web.console.form import Filled, Form
from bot.web.console.listing import Column, Listing, Query, Slice, listed, start_of
from bot.web.console.member_form import edit_form, entry_of, new_form, values_of
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording import member_console as say

pages = Pages()
MEMBERS = "/console/members"
ONE = MEMBERS + "/{id}"
SEES = READERS - {StaffRole.GRID_WORKER}
KEEPS = WORKERS - {StaffRole.GRID_WORKER}


class Reason(BaseModel):
    """Why somebody wants to see it in clear."""

    reason: str = About(title=say.REASON, description=say.REASON_HINT, min_length=4, max_length=100)


REVEAL = Form(Reason)


def fetch(visit: Visit, query: Query) -> Slice[Line]:
    """So many, claims that wait first."""
    given, before = visit.asked.query, start_of(query)
    by_words = member.looked_for(visit.office, query.words)
    wanted = Wanted(
        by_words.hashed, by_words.code, _id(given.get("branch", "")), _state(visit), given.get("tag", "")[:20]
    )
    found = member.page(visit.office, visit.scope, wanted, after=before, limit=query.limit)
    return Slice(found, str(before + len(found)) if len(found) == query.limit else "")


LISTING = Listing(
    title=say.TITLE,
    at=MEMBERS,
    columns=(
        Column("code", say.CODE, lambda one: one.code, href=lambda one: f"{MEMBERS}/{one.id}"),
        Column("name", say.NAME, lambda one: one.name),
        Column("phone", say.PHONE, lambda one: one.phone),
        Column("branch", say.BRANCH, lambda one: one.branch),
        Column("kind", say.KIND, say.kind),
        Column("tags", say.TAGS, say.tags),
        Column("state", say.STATE, say.state),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, f"{MEMBERS}/new", say.NEW),
    filters=("branch", "state", "tag"),
)


@pages.get(MEMBERS, roles=SEES)
def show(visit: Visit) -> Answer:
    """The roster, masked; what was looked for is written down, for it may be a name."""
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    if found.words:
        visit.noted("member.searched", words=found.words)
    given = visit.asked.query
    facts = {
        "listed": found,
        "words": say,
        "tab": MEMBERS,
        "branches": [(str(one.id), one.name) for one in rows.branches(visit.office.session, visit.scope)],
        "chosen": {name: given.get(name, "") for name in ("branch", "state", "tag")},
        "waiting": rows.claims(visit.office.session, visit.scope),
        "may_write": visit.me.role in KEEPS,
    }
    return View("members.html", facts)


@pages.get(MEMBERS + "/new", roles=KEEPS)
def new(visit: Visit) -> Answer:
    return _new(visit, new_form(visit).shown({"kind": Membership.COMMUNITY}))


@pages.post(MEMBERS, roles=KEEPS, refused=lambda visit, refusal: _new_refused(visit, refusal))
def add(visit: Visit) -> Answer:
    """One more on the roster."""
    typed = new_form(visit).read(visit.asked)
    if isinstance(typed, Filled):
        return _new(visit, typed, status=422)
    if rows.coded(visit.office.session, typed.code) is not None:
        raise member.MemberCodeTaken
    row = member.put(visit.office, entry_of(visit, typed, typed.name, typed.phone, has_left=False))
    visit.noted("member.added", row.code)
    return Go(f"{MEMBERS}/{row.id}", "saved")


@pages.get(ONE, roles=SEES)
def one(visit: Visit) -> Answer:
    """One member, masked."""
    row, branch = found(visit)
    visit.noted("member.viewed", row.code)
    return _page(visit, row, branch)


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason."""
    row, branch = found(visit)
    return _page(visit, row, branch, error=explain(refusal), status=409)


@pages.post(ONE, roles=KEEPS, refused=refused)
def save(visit: Visit) -> Answer:
    """As it was typed; a name or telephone that was not typed stays."""
    row, branch = found(visit)
    typed = edit_form(visit).read(visit.asked, values_of(row))
    if isinstance(typed, Filled):
        return _page(visit, row, branch, filled=typed, status=422)
    name = typed.name or member.name_of(visit.office, row)
    phone = typed.phone or member.phone_of(visit.office, row)
    member.put(visit.office, entry_of(visit, typed, name, phone, has_left=typed.left), row=row)
    visit.noted("member.changed", row.code)
    return Go(f"{MEMBERS}/{row.id}", "saved")


@pages.post(ONE + "/reveal", roles=KEEPS)
def reveal(visit: Visit) -> Answer:
    """In clear, once, for a reason that is kept."""
    row, branch = found(visit)
    typed = REVEAL.read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, row, branch, reveal=typed, status=422)
    visit.noted("member.revealed", row.code, reason=typed.reason)
    return _page(visit, row, branch, clear=True)


@pages.post(ONE + "/invite", roles=KEEPS, refused=refused)
def invite(visit: Visit) -> Answer:
    """A code for one member; an earlier one stays good."""
    row, branch = found(visit)
    scene = member.invite(visit.office, row.id)
    visit.noted("member.invited", row.code)
    return _page(visit, row, branch, scene=scene)


@pages.post(ONE + "/agree", roles=KEEPS, refused=refused)
def agree(visit: Visit) -> Answer:
    """It is them; they are told."""
    row, _ = found(visit)
    member.agree(visit.office, row.id, _claimant(visit))
    return _done(visit, row, "member.agreed", "member_agreed")


@pages.post(ONE + "/refuse", roles=KEEPS, refused=refused)
def refuse(visit: Visit) -> Answer:
    """It is not; they are told, and not why."""
    row, _ = found(visit)
    member.refuse(visit.office, row.id, _claimant(visit))
    return _done(visit, row, "member.refused", "member_refused")


@pages.post(ONE + "/release", roles=KEEPS, refused=refused)
def release(visit: Visit) -> Answer:
    """Nobody in the chat is this member any more."""
    row, _ = found(visit)
    member.release(visit.office, row.id)
    return _done(visit, row, "member.released", "saved")


def found(visit: Visit) -> tuple[PartyMember, Branch]:
    """The member of the address, within what they may see."""
    its = rows.within(visit.office.session, visit.scope, named(visit))
    if its is None:
        raise NotThere
    return its


def _claimant(visit: Visit) -> UUID:
    """Whom they looked at: another may say to be them by now."""
    return _id(visit.asked.form.get("claimant", "")) or UUID(int=0)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _state(visit: Visit) -> str:
    state = visit.asked.query.get("state", "")
    return state if state in say.STATES else ""


def _new(visit: Visit, filled: Filled, *, error: str = "", status: int = 200) -> View:
    return View("member_new.html", {"filled": filled, "error": error, "words": say, "at_list": MEMBERS}, status)


def _new_refused(visit: Visit, refusal: Refusal) -> Answer:
    return _new(visit, new_form(visit).again(visit.asked, {}), error=explain(refusal), status=409)


def _done(visit: Visit, row: PartyMember, what: str, said: str) -> Answer:
    visit.noted(what, row.code)
    return Go(f"{MEMBERS}/{row.id}", said)


def _page(
    visit: Visit,
    row: PartyMember,
    branch: Branch,
    *,
    filled: Filled | None = None,
    reveal: Filled | None = None,
    clear: bool = False,
    scene: str = "",
    error: str = "",
    status: int = 200,
) -> View:
    line = member.line(visit.office, row, branch)
    facts = {
        "one": line,
        "words": say,
        "name": member.name_of(visit.office, row) if clear else line.name,
        "phone": member.phone_of(visit.office, row) if clear else line.phone,
        "clear": clear,
        "scene": scene,
        "error": error,
        "claimant": str(row.claimed_by or ""),
        "claimed_at": row.claimed_at,
        "filled": filled or edit_form(visit).shown(values_of(row)),
        "editing": filled is not None,
        "reveal_form": reveal or REVEAL.shown(),
        "revealing": reveal is not None,
        "may_write": visit.me.role in KEEPS,
        "here": f"{MEMBERS}/{row.id}",
    }
    return View("member.html", facts, status)
