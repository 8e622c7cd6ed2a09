"""Notices: write one, say from when to when it holds, take it back."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import bulletin
from bot.rules.access import READERS, WORKERS
from bot.rules.activity.desk import stations_for
from bot.rules.bulletin import Text
from bot.store import bulletin as rows
from bot.store.bulletin import Bulletin, Topic
from bot.web.console.form import Filled, Form
from bot.web.console.named import named
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording.activity import console as say

pages = Pages()
BULLETINS = "/console/bulletins"
ONE = BULLETINS + "/{id}"
MOST = 100


class Typed(BaseModel):
    """What is typed of a notice."""

    title: str = About(title=say.NAME, min_length=4, max_length=40)
    words: str = About(title=say.WORDS, description=say.WORDS_HINT, min_length=4, max_length=600)
    topic: Topic = About(title=say.TOPIC)
    station: UUID = About(title=say.STATION)
    first: date = About(title=say.VALID_FROM)
    last: date = About(title=say.VALID_UNTIL)
    published: bool = About(default=False, title=say.PUBLISHED)


@pages.get(BULLETINS, roles=READERS)
def show(visit: Visit) -> Answer:
    """All of them, latest first."""
    words = visit.asked.query.get("q", "").strip()[:60]
    found = rows.page(visit.office.session, visit.scope, words=words, limit=MOST)
    lines = [(str(row.id), row.title, say.TOPICS[row.topic], _holds(visit, row), row.valid_until) for row in found]
    facts = {"lines": lines, "q": words, "words": say, "tab": BULLETINS, "may_write": visit.me.role in WORKERS}
    return View("bulletins.html", facts)


@pages.get(BULLETINS + "/new", roles=WORKERS)
def new(visit: Visit) -> Answer:
    today = visit.office.today
    values = {"topic": Topic.OTHER, "first": today, "last": today + timedelta(days=14), "published": True}
    return _page(visit, _form(visit).shown(values), None)


@pages.post(BULLETINS, roles=WORKERS, refused=lambda visit, refusal: _refused(visit, refusal))
def write(visit: Visit) -> Answer:
    typed = _form(visit).read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, typed, None, status=422)
    return _saved(visit, bulletin.put(visit.office, _text(visit, typed)))


@pages.get(ONE, roles=WORKERS)
def one(visit: Visit) -> Answer:
    row = found(visit)
    return _page(visit, _form(visit).shown(_values(visit, row)), row)


@pages.post(ONE, roles=WORKERS, refused=lambda visit, refusal: _refused(visit, refusal))
def save(visit: Visit) -> Answer:
    row = found(visit)
    typed = _form(visit).read(visit.asked, _values(visit, row))
    if isinstance(typed, Filled):
        return _page(visit, typed, row, status=422)
    return _saved(visit, bulletin.put(visit.office, _text(visit, typed), row=row))


@pages.post(ONE + "/drop", roles=WORKERS)
def drop(visit: Visit) -> Answer:
    """It is gone, and answered no more."""
    row = found(visit)
    visit.noted("bulletin.dropped", row.title)
    bulletin.drop(visit.office, row)
    return Go(BULLETINS, "bulletin_dropped")


def found(visit: Visit) -> Bulletin:
    """The notice of the address, within what they may see."""
    row = rows.within(visit.office.session, visit.scope, named(visit))
    if row is None:
        raise NotThere
    return row


def _form(visit: Visit) -> Form[Typed]:
    stations = [(str(one.id), one.name) for one in stations_for(visit.office, visit.scope)]
    return Form(Typed, choices={"station": stations, "topic": list(say.TOPICS.items())})


def _text(visit: Visit, typed: Typed) -> Text:
    if typed.station not in {one.id for one in stations_for(visit.office, visit.scope)}:
        raise NotThere
    zone = visit.office.zone
    return Text(
        title=typed.title,
        words=typed.words,
        topic=typed.topic,
        valid_from=datetime.combine(typed.first, time(), zone),
        valid_until=datetime.combine(typed.last + timedelta(days=1), time(), zone),
        station_id=typed.station,
        published=typed.published,
    )


def _values(visit: Visit, row: Bulletin) -> dict[str, object]:
    zone = visit.office.zone
    return {
        "title": row.title,
        "words": row.words,
        "topic": row.topic,
        "station": row.station_id,
        "first": row.valid_from.astimezone(zone).date(),
        "last": (row.valid_until - timedelta(seconds=1)).astimezone(zone).date(),
        "published": row.published,
    }


def _holds(visit: Visit, row: Bulletin) -> str:
    if not row.published:
        return say.DRAFT_NOTICE
    if row.valid_until <= visit.office.now:
        return say.ENDED_NOTICE
    return say.HOLDS if row.valid_from <= visit.office.now else say.LATER


def _saved(visit: Visit, row: Bulletin) -> Answer:
    visit.noted("bulletin.saved", row.title)
    return Go(BULLETINS, "saved")


def _refused(visit: Visit, refusal: Refusal) -> Answer:
    row = found(visit) if "id" in visit.asked.path else None
    return _page(visit, _form(visit).again(visit.asked, {}), row, error=explain(refusal), status=409)


def _page(visit: Visit, filled: Filled, row: Bulletin | None, *, error: str = "", status: int = 200) -> View:
    id_ = str(row.id) if row is not None else ""
    return View("bulletin.html", {"filled": filled, "error": error, "words": say, "id": id_}, status)
