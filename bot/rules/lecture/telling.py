"""What a lecturer is told: when their lessons are, and again where they move or are off; the day before; who came."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from bot.rules.activity import where
from bot.rules.office import Office
from bot.rules.reminding import EVENING
from bot.store import course as courses
from bot.store import lecture as offers
from bot.store import outbox
from bot.store.activity import Activity, State
from bot.store.course import Course, CourseState
from bot.store.lecture import LectureOffer, News

LOOKS_BACK, LOOKS_AHEAD = timedelta(days=2), timedelta(days=60)


def tell(office: Office, row: LectureOffer, kind: str, facts: Mapping[str, object]) -> None:
    """A notice to whoever made the offer; of nobody's none."""
    if row.resident_id is not None:
        outbox.put(
            office.session,
            resident_id=row.resident_id,
            channel=row.channel,
            kind=kind,
            facts=office.seal.close_json({"number": row.number, **facts}),
            now=office.now,
            due_at=office.now,
        )


def tell_when(office: Office, row: LectureOffer, its: Course) -> None:
    """That it became a course, with its first lesson and how many there are."""
    held = [one for _, one in courses.lessons_of(office.session, its.id)]
    for one in held:
        offers.tell_once(office.session, one.id, News.WHEN, one.starts_at, office.now)
    tell(office, row, "lecture_accepted", {**_facts(office, its, held[0]), "count": len(held)})


def tell_news(office: Office) -> int:
    """Tell lecturers what is due; returns how many notices. Each is told once, whoever looks."""
    told = 0
    since, until = office.now - LOOKS_BACK, office.now + LOOKS_AHEAD
    off: set[UUID] = set()
    for row, its, held in offers.taught(office.session, since, until):
        news = _due(office, held)
        if news is None or not offers.tell_once(office.session, held.id, news, held.starts_at, office.now):
            continue
        if its.state == CourseState.CANCELLED:
            if its.id in off:
                continue  # of a course that is off as a whole they hear once
            off.add(its.id)
        tell(office, row, f"lecture_{news.value}", {**_facts(office, its, held), **_more(office, its, held)})
        told += 1
    return told


def _due(office: Office, held: Activity) -> News | None:
    """What may be told of a lesson at this moment; when it is was told already, unless it moved."""
    if held.state == State.OVER:
        return News.THANKS
    start, now = held.starts_at.astimezone(office.zone), office.now.astimezone(office.zone)
    if held.starts_at <= office.now:
        return None
    if held.state == State.CANCELLED:
        return News.OFF
    if (start.date() - now.date()).days == 1 and now.hour in EVENING:
        return News.TOMORROW
    return News.WHEN


def _more(office: Office, its: Course, held: Activity) -> dict[str, object]:
    """How many came, and whether it is the whole course that is off."""
    return {"came": offers.came_to(office.session, held.id), "whole": its.state == CourseState.CANCELLED}


def _facts(office: Office, its: Course, held: Activity) -> dict[str, object]:
    start, end = (moment.astimezone(office.zone).isoformat() for moment in (held.starts_at, held.ends_at))
    return {"title": its.title, "start": start, "end": end, "where": where(office, held)}
