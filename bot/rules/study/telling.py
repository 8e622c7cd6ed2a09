"""Who is told that a lesson begins or can be watched again: those who enrolled and those who asked, each once."""

from datetime import timedelta
from uuid import UUID

from bot.rules import push
from bot.rules.office import Office
from bot.rules.push import News
from bot.rules.reach import RESIDENTS
from bot.store import activity as activities
from bot.store import outbox, study
from bot.store.activity import Activity, Standing
from bot.store.course import Lesson

REPLAY, LIVE = "replay_ready", "live_soon"
BEFORE_LIVE = timedelta(minutes=15)
FOR_EVER = timedelta(days=365)  # news of a replay without an end are news so long
SOME = 20
HAD_A_PLACE = (Standing.ENROLLED, Standing.CAME)


def tell(office: Office) -> int:
    """Everything that is due; returns how many were told."""
    return _replays(office) + _live(office)


def _replays(office: Office) -> int:
    told = 0
    for lesson, its in study.replays_to_tell(office.session, office.now, SOME):
        lesson.replay_told_at = office.now
        for person, channel in _whom(office, its).items():
            _put(office, REPLAY, lesson, its, person, channel)
            told += 1
    return told


def _whom(office: Office, its: Activity) -> dict[UUID, str]:
    """Those who enrolled and want news of courses, and those who asked, whatever news they want."""
    had = [one for one in activities.roster(office.session, its.id) if one.state in HAD_A_PLACE]
    enrolled = {one.resident_id: one.channel or RESIDENTS for one in had if one.resident_id is not None}
    wanting = push.wanting(office.session, list(enrolled), News.COURSE)
    asked = [one for one in study.watchers(office.session, its.id) if one.wants_replay]
    return {
        **{person: enrolled[person] for person in wanting},
        **{one.resident_id: one.channel for one in asked if one.resident_id is not None},
    }


def _live(office: Office) -> int:
    found = study.starting_live(office.session, office.now, office.now + BEFORE_LIVE)
    for watch, lesson, its in found:
        if watch.resident_id is not None:
            watch.live_notice = _put(office, LIVE, lesson, its, watch.resident_id, watch.channel)
    return len(found)


def _put(office: Office, kind: str, lesson: Lesson, its: Activity, person: UUID, channel: str) -> UUID:
    until = lesson.replay_until.astimezone(office.zone).isoformat() if lesson.replay_until else ""
    gone = its.ends_at if kind == LIVE else lesson.replay_until or office.now + FOR_EVER
    facts = {
        "title": its.title,
        "start": its.starts_at.astimezone(office.zone).isoformat(),
        "until": until,
        "gone": gone.isoformat(),
    }
    if kind == LIVE:
        facts["lesson"] = str(its.id)
    return outbox.put(
        office.session,
        resident_id=person,
        channel=channel,
        kind=kind,
        facts=office.seal.close_json(facts),
        now=office.now,
        due_at=office.now,
    )
