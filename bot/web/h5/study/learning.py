"""What one has learnt: the year with the rule that gave each hour, what one enrolled in, replays to be confirmed."""

from bot.rules import study, study_terms
from bot.rules.activity import where
from bot.rules.study import Record
from bot.store import activity as activities
from bot.store.activity import Activity, ActivityEnrolment, Kind, Mine
from bot.store.study import LessonWatch
from bot.web.h5.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording.activity.dialogue import when_and_where
from bot.wording.study import dialogue as say

pages = Pages()
LEARNING = "/h5/learning"
REPLAY = LEARNING + "/replays/{id}"
YEARS_BACK = 4


@pages.get(LEARNING)
def shown(visit: Visit) -> View:
    """A year: the one that was asked for, or this."""
    year = year_of(visit)
    now = visit.office.now.astimezone(visit.office.zone)
    its = study.of_resident(visit.office, visit.resident_id, year)
    facts = {
        "head": say.record(its, now).split("\n")[0],
        "share": share(its),
        "entries": [{"line": say.line(one, now), "rule": say.rule(one)} for one in its.earned],
        "enrolled": [_enrolled(visit, *one) for one in _ahead(visit)],
        "replays": [
            {"id": str(one.id), "title": one.title} for _, one in study.to_confirm(visit.office, visit.resident_id)
        ],
        "year": year,
        "years": range(visit.office.today.year, visit.office.today.year - YEARS_BACK, -1),
        "has_hours": its.totals.minutes > 0,
    }
    return View("learning.html", facts)


@pages.get(REPLAY)
def replay(visit: Visit) -> View:
    """The one question about a replay. Raises WatchedTooShort where it cannot be over yet."""
    watch, its = _replay(visit)
    study.ready(visit.office, watch, its)
    least = study_terms.terms(visit.office.session).least_words
    return View("replay.html", {"id": str(its.id), "ask": say.ask_words(its.title, least), "title": its.title})


@pages.post(REPLAY)
def confirm(visit: Visit) -> Answer:
    """It counts from now on."""
    _, its = _replay(visit)
    study.confirm(visit.office, visit.resident_id, its.id, visit.form.get("words", "").strip()[:500])
    return Go(LEARNING, "replay_counted")


def year_of(visit: Visit) -> int:
    """The year that was asked for, this one where none was."""
    now = visit.office.today.year
    asked = visit.query.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and now - YEARS_BACK < int(asked) <= now else now


def share(its: Record) -> int | None:
    """How much of the target is reached, in per cent; None without a target."""
    return min(100, its.totals.minutes * 100 // its.target) if its.target else None


def _replay(visit: Visit) -> tuple[LessonWatch, Activity]:
    """The opened replay of the address. Raises NotThere."""
    for watch, its in study.to_confirm(visit.office, visit.resident_id):
        if str(its.id) == visit.path["id"]:
            return watch, its
    raise NotThere


def _ahead(visit: Visit) -> list[Mine]:
    return activities.live_of(visit.office.session, visit.resident_id, visit.office.now, Kind.LESSON)


def _enrolled(visit: Visit, _mine: ActivityEnrolment, its: Activity) -> dict[str, str]:
    now = visit.office.now.astimezone(visit.office.zone)
    return {"title": its.title, "line": when_and_where(its, where(visit.office, its), now)}
