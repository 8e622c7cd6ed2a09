"""Lesson pushes in the back office: write, preview, have them read by a second person, watch, stop, try again."""

from collections.abc import Collection, Mapping
from urllib.parse import urlencode
from uuid import UUID

from bot.errors import Refusal
from bot.rules import lesson_push, member, quiet
from bot.rules.access import READERS, WORKERS
from bot.rules.lesson_push import Fate, Preview, facts_of
from bot.rules.lesson_push.drafting import WRITTEN
from bot.store import group as groups
from bot.store import lesson_push as rows
from bot.store import member as members
from bot.store.lesson_push import LessonPush, PushState
from bot.store.staff import Staff, StaffRole
from bot.web.console.form import Filled
from bot.web.console.named import named
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.web.console.push_form import branch_boxes, draft_of, group_boxes, push_form, ticked, values_of
from bot.wording import explain
from bot.wording import lesson_push as say_push
from bot.wording.lesson_push import console as say

pages = Pages()
PUSHES = "/console/pushes"
ONE = PUSHES + "/{id}"
SEES = READERS - {StaffRole.GRID_WORKER}
WRITES = WORKERS - {StaffRole.GRID_WORKER}
MOST, MOST_PEOPLE = 100, 100


@pages.get(PUSHES, roles=SEES)
def show(visit: Visit) -> Answer:
    """The latest, and how many wait for a second person."""
    found = rows.page(visit.office.session, visit.scope, MOST)
    facts = {
        "lines": [
            (str(one.id), one.title, say.STATES[one.state], one.due_at or one.wanted_at, one.created_at)
            for one in found
        ],
        "waiting": rows.waiting(visit.office.session, visit.scope),
        "words": say,
        "tab": PUSHES,
        "may_write": visit.me.role in WRITES,
    }
    return View("pushes.html", facts)


@pages.get(PUSHES + "/new", roles=WRITES)
def new(visit: Visit) -> Answer:
    """`lesson` of the address is filled in."""
    values = {"lesson": visit.asked.query.get("lesson", ""), "who": "members", "came_how": "came"}
    return _new(visit, push_form(visit).shown(values))


@pages.post(PUSHES, roles=WRITES, refused=lambda visit, refusal: _new_refused(visit, refusal))
def write(visit: Visit) -> Answer:
    """A draft, of which nobody hears yet."""
    typed = push_form(visit).read(visit.asked)
    if isinstance(typed, Filled):
        return _new(visit, typed, status=422)
    push = lesson_push.draw_up(visit.office, draft_of(visit, typed), by=visit.me.staff_id)
    return _done(visit, push, "push.written", "saved")


@pages.get(ONE, roles=SEES)
def one(visit: Visit) -> Answer:
    """The push: before it goes whom it would reach, afterwards what became of it."""
    push = found(visit)
    visit.noted("push.viewed", str(push.id))
    return _page(visit, push)


@pages.get(ONE + "/progress", roles=SEES, by_itself=True)
def progress(visit: Visit) -> Answer:
    """The part of the page that moves."""
    return View("push_progress.html", _progress(visit, found(visit)))


@pages.get(ONE + "/preview", roles=SEES, by_itself=True)
def count_on(visit: Visit) -> Answer:
    """The preview of many goes on, a portion for each request: nobody else's answer waits for the count."""
    push, given = found(visit), visit.asked.query
    so_far = _counted(given.get("counted", ""))
    before = lesson_push.go_on_counting(visit.office, push, after=_id(given.get("after", "")), so_far=so_far)
    return View("push_counted.html", _sums(push, before))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason and what was typed."""
    push = found(visit)
    filled = push_form(visit).again(visit.asked, {}) if "title" in visit.asked.form else None
    return _page(visit, push, filled=filled, error=explain(refusal), status=409)


@pages.post(ONE, roles=WRITES, refused=refused)
def save(visit: Visit) -> Answer:
    """As it was typed; who had it to read reads it again."""
    push = found(visit)
    typed = push_form(visit).read(visit.asked, values_of(visit, push))
    if isinstance(typed, Filled):
        return _page(visit, push, filled=typed, status=422)
    lesson_push.change(visit.office, push.id, draft_of(visit, typed), by=visit.me.staff_id)
    return _done(visit, push, "push.changed", "saved")


@pages.post(ONE + "/propose", roles=WRITES, refused=refused)
def propose(visit: Visit) -> Answer:
    push = lesson_push.propose(visit.office, found(visit).id)
    return _done(visit, push, "push.proposed", "push_proposed")


@pages.post(ONE + "/approve", roles=WRITES, refused=refused)
def approve(visit: Visit) -> Answer:
    """Exactly what was read."""
    push = lesson_push.approve(visit.office, found(visit).id, version=_version(visit), by=visit.me.staff_id)
    return _done(visit, push, "push.approved", "push_approved")


@pages.post(ONE + "/back", roles=WRITES, refused=refused)
def back(visit: Visit) -> Answer:
    """It is to be written anew."""
    push = lesson_push.send_back(visit.office, found(visit).id, version=_version(visit), by=visit.me.staff_id)
    return _done(visit, push, "push.sent_back", "saved")


@pages.post(ONE + "/stop", roles=WRITES, refused=refused)
def stop(visit: Visit) -> Answer:
    return _done(visit, lesson_push.stop(visit.office, found(visit).id), "push.stopped", "push_stopped")


@pages.post(ONE + "/retry", roles=WRITES, refused=refused)
def retry(visit: Visit) -> Answer:
    push = found(visit)
    lesson_push.try_again(visit.office, push.id)
    return _done(visit, push, "push.retried", "push_retried")


def found(visit: Visit) -> LessonPush:
    """The push of the address, within what they may see."""
    push = rows.within(visit.office.session, visit.scope, named(visit))
    if push is None:
        raise NotThere
    return push


def _version(visit: Visit) -> int:
    said = visit.asked.form.get("version", "")
    return int(said) if _is_number(said) else 0


def _done(visit: Visit, push: LessonPush, what: str, said: str) -> Answer:
    visit.noted(what, str(push.id), title=push.title)
    return Go(f"{PUSHES}/{push.id}", said)


def _new(visit: Visit, filled: Filled, *, error: str = "", status: int = 200) -> View:
    facts = {
        "filled": filled,
        "error": error,
        "words": say,
        "branches": branch_boxes(visit, ticked(visit, "branches")),
        "groups": group_boxes(visit, ticked(visit, "groups")),
    }
    return View("push_new.html", facts, status)


def _new_refused(visit: Visit, refusal: Refusal) -> Answer:
    return _new(visit, push_form(visit).again(visit.asked, {}), error=explain(refusal), status=409)


def _page(visit: Visit, push: LessonPush, *, filled: Filled | None = None, error: str = "", status: int = 200) -> View:
    written = push.state in WRITTEN
    branches = push.audience.get("branches")
    facts = {
        "words": say,
        "error": error,
        "filled": filled or push_form(visit).shown(values_of(visit, push)),
        "editing": filled is not None,
        "branches": branch_boxes(visit, set(map(str, branches)) if isinstance(branches, list) else set()),
        "groups": group_boxes(visit, set(push.groups)),
        "written": written,
        "may_write": visit.me.role in WRITES,
        "may_approve": visit.me.role in WRITES and push.written_by != visit.me.staff_id,
        "by": _titles(visit, push),
        **(_preview(visit, push) if written or push.state == PushState.APPROVED else {}),
        **_progress(visit, push),
    }
    return View("push.html", facts, status)


def _titles(visit: Visit, push: LessonPush) -> dict[str, str]:
    """Who wrote it and who agreed, by their posts."""
    accounts = {key: visit.office.session.get(Staff, id_) for key, id_ in _hands(push).items() if id_}
    return {key: account.name for key, account in accounts.items() if account is not None}


def _hands(push: LessonPush) -> dict[str, UUID | None]:
    return {"written": push.written_by, "approved": push.approved_by}


def _preview(visit: Visit, push: LessonPush) -> dict[str, object]:
    """How it reads in each channel, and who is reached how."""
    before: Preview = lesson_push.preview(visit.office, push)
    facts = facts_of(visit.office, push)
    names = _names(visit, [one.member_id for one in before.people[:MOST_PEOPLE]])
    morning = quiet.hours(visit.office.session).until(visit.office.now, visit.office.zone)
    return {
        "night": say.night(morning) if morning else "",
        **_sums(push, before),
        "people": [(names.get(one.member_id, ""), say.FATES[one.fate]) for one in before.people[:MOST_PEOPLE]],
        "more": len(before.people) > MOST_PEOPLE or before.after is not None,
        "in_chat": say_push.pushed(facts),
        "in_template": f"{push.title} {say_push.when(facts)}",
        "in_group": say_push.in_group(facts),
    }


def _sums(push: LessonPush, before: Preview) -> dict[str, object]:
    """How many are reached how, and where the count goes on; "" where everybody is counted."""
    counted = "-".join(f"{fate.value}.{many}" for fate, many in before.counts.items())
    rest = urlencode({"after": before.after, "counted": counted})
    return {
        "words": say,
        "summed": say.summed(sum(before.counts.values()), before.reached),
        "counted": say.counts(before.counts),
        "going_on": f"{PUSHES}/{push.id}/preview?{rest}" if before.after is not None else "",
    }


def _counted(said: str) -> dict[Fate, int]:
    """As `_sums` put it into the address; whatever else stands there counts nothing."""
    parts = (one.partition(".") for one in said[:400].split("-"))
    fates = set(Fate)
    return {Fate(fate): int(many) for fate, _, many in parts if fate in fates and _is_number(many)}


def _progress(visit: Visit, push: LessonPush) -> dict[str, object]:
    """What became of it so far, and with whom."""
    stands = lesson_push.progress(visit.office, push)
    after = visit.asked.query.get("after", "")
    listed = rows.standings(visit.office.session, push.id, after=_id(after), limit=MOST_PEOPLE)
    names = _names(visit, [it.member_id for it in listed])
    chats = {one.id: one.name for one in groups.seen_by(visit.office.session, visit.scope)}
    return {
        "words": say,
        "push": push,
        "here": f"{PUSHES}/{push.id}",
        "stands": stands,
        "state": say.STATES[push.state],
        "why": say.WHYS.get(push.why, ""),
        "became": say.counts(stands.counts),
        "ways": say.ways(stands.ways),
        "in_groups": [say.posted(chats.get(id_, ""), post) for id_, post in stands.groups.items()],
        "masses": [say.mass(one) for one in stands.masses],
        "told": [
            (
                names.get(it.member_id, ""),
                say.FATES[lesson_push.fate_of(it)],
                say.reason(it.reason),
                it.sent_at,
                it.opened_at,
                it.answered_at,
            )
            for it in listed
        ],
        "next": str(listed[-1].id) if len(listed) == MOST_PEOPLE else "",
        "moves": push.state in (PushState.APPROVED, PushState.SENDING) and not after,
        "may_write": visit.me.role in WRITES,
    }


def _names(visit: Visit, wanted: Collection[UUID | None]) -> Mapping[UUID | None, str]:
    """The masked names of members, by their id."""
    found = members.by_ids(visit.office.session, [one for one in wanted if one is not None])
    return {key: f"{row.code} {member.masked_name(member.name_of(visit.office, row))}" for key, row in found.items()}


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 9


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
