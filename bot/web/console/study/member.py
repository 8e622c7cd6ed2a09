"""One member's year: each entry with its rule, what the staff give by hand and take back, the certificates."""

from datetime import date, datetime, time
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.rules import study
from bot.rules.access import LEADS, READERS, WORKERS
from bot.rules.study import Row
from bot.store import account_list
from bot.store import study as kept
from bot.store.member import PartyMember
from bot.store.study import Earned
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.web.console.study.report import STUDY
from bot.web.console.years import year_of
from bot.wording.study import console as say
from bot.wording.study import dialogue

pages = Pages()
ONE = STUDY + "/members/{id}"
MOST_MINUTES = 24 * 60


class Given(BaseModel):
    """What the staff find right."""

    title: str = About(title=say.WHAT, description=say.WHAT_HINT, min_length=2, max_length=40)
    day: date = About(title=say.DAY)
    minutes: int = About(title=say.MINUTES, description=say.MINUTES_HINT, ge=1, le=MOST_MINUTES)
    reason: str = About(title=say.REASON, description=say.REASON_HINT, min_length=4, max_length=120)


FORM = Form(Given)


@pages.get(ONE, roles=READERS)
def show(visit: Visit) -> Answer:
    """All of it; that somebody looked is written down."""
    row, member = found(visit)
    visit.noted("study.member", row.code)
    return _page(visit, row, member, FORM.shown())


@pages.post(ONE, roles=WORKERS)
def give(visit: Visit) -> Answer:
    """Hours by hand, with the reason and whose account it was."""
    row, member = found(visit)
    typed = FORM.read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, row, member, typed, status=422)
    if typed.day > visit.office.today:
        return _page(visit, row, member, FORM.again(visit.asked, {"day": say.NOT_YET}), status=422)
    study.give_by_hand(
        visit.office,
        member_id=member.id,
        resident_id=member.resident_id,
        title=typed.title,
        held_at=datetime.combine(typed.day, time(12), visit.office.zone),
        minutes=typed.minutes,
        reason=typed.reason,
        by=visit.me.staff_id,
    )
    visit.noted("study.given", row.code, minutes=typed.minutes, title=typed.title)
    return Go(f"{STUDY}/members/{member.id}?year={typed.day.year}", "saved")


@pages.post(ONE + "/take-back", roles=WORKERS)
def take_back(visit: Visit) -> Answer:
    """What was given by hand was a mistake. Raises NotGivenByHand for anything else."""
    row, member = found(visit)
    wanted = visit.asked.form.get("entry", "")
    earned = next((one.entry for one in row.record.earned if str(one.entry.id) == wanted), None)
    if earned is None:
        raise NotThere
    study.take_back(visit.office, earned)
    visit.noted("study.taken_back", row.code, minutes=earned.minutes, title=earned.title)
    return Go(f"{STUDY}/members/{member.id}?year={earned.year}", "saved")


@pages.post(ONE + "/withdraw", roles=LEADS)
def withdraw(visit: Visit) -> Answer:
    """A certificate is worth nothing any more."""
    row, member = found(visit)
    its = kept.certificate(visit.office.session, visit.asked.form.get("number", ""))
    if its is None or member.id != its.member_id:
        raise NotThere
    study.withdraw(visit.office, its)
    visit.noted("study.withdrawn", row.code, number=its.number)
    return Go(f"{STUDY}/members/{member.id}?year={its.year}", "saved")


def found(visit: Visit) -> tuple[Row, PartyMember]:
    """The member of the address, within what they may see. Raises NotThere."""
    try:
        one = study.one(visit.office, visit.scope, UUID(visit.asked.path["id"]), year_of(visit))
    except ValueError as error:
        raise NotThere from error
    if one is None:
        raise NotThere
    return one


def _page(visit: Visit, row: Row, member: PartyMember, filled: Filled, *, status: int = 200) -> View:
    session, record = visit.office.session, row.record
    certificates = kept.certificates_of(session, resident_id=member.resident_id, member_id=member.id, year=record.year)
    facts = {
        "row": row,
        "hours": dialogue.hours(record.totals.minutes),
        "target": dialogue.hours(record.target or 0),
        "missing": dialogue.hours_up(record.missing),
        "entries": [_line(visit, one) for one in record.earned],
        "certificates": [
            {"number": one.number, "at": one.issued_at, "withdrawn": one.withdrawn_at is not None}
            for one in certificates
        ],
        "filled": filled,
        "words": say,
        "year": record.year,
        "at_here": f"{STUDY}/members/{member.id}",
        "at_list": f"{STUDY}?year={record.year}",
        "may_write": visit.me.role in WORKERS,
        "leads": visit.me.role in LEADS,
    }
    return View("study_member.html", facts, status)


def _line(visit: Visit, one: Earned) -> dict[str, object]:
    """One entry, with the rule that gave it and, of the staff's, who and why."""
    entry = one.entry
    by = account_list.login_of(visit.office.session, entry.approved_by) if entry.approved_by else ""
    return {
        "id": str(entry.id),
        "title": dialogue.title(one),
        "at": one.lesson.starts_at if one.lesson is not None else entry.held_at,
        "hours": dialogue.hours(entry.minutes),
        "source": say.SOURCE_NAMES[entry.source],
        "rule": dialogue.rule(one),
        "reason": visit.office.seal.open(entry.reason) if entry.reason else "",
        "by": by,
        "by_hand": entry.lesson_id is None,
    }
