"""Activities as a workbook: a row each, by its code; what is published is told to whoever enrolled when it moves."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bot.rules import activity
from bot.rules.activity import BeginsInThePast, PlacesTaken, Plan
from bot.rules.office import Office
from bot.sheets import words
from bot.sheets.kind import Personal
from bot.sheets.row import Row, unique
from bot.store import activity as activities
from bot.store import station
from bot.store.activity import Activity, Organiser, State

MOST_PLACES = 5000
COLUMNS = (
    *("code", "name", "activity_state", "station_code", "spot", "starts_at", "ends_at", "places"),
    *("audience", "organiser_kind", "organiser", "about"),
)


def take_in(office: Office, rows: Sequence[Row]) -> set[UUID]:
    """Write the activities by their code; one that is in no row stays as it is."""
    stations = {one.code: one.id for one in station.everywhere(office.session)}
    known = {its.code: its for its in activities.everything(office.session)}
    unique(rows, "code")
    for row in rows:
        code = row.text("code", needed=True, most=32)
        state, plan = row.one_of("activity_state", "activity_state"), _plan(office, row, stations)
        if row.problems or plan is None:
            continue
        its = known.get(code)
        if its is None:
            its = known[code] = activity.draw_up(office, plan, code=code)
        else:
            _change(office, row, its, plan, state)
        if not row.problems and state == State.PUBLISHED and its.state == State.DRAFT:
            _publish(office, row, its)
    return set()


def give_out(office: Office, full: bool) -> Iterator[Mapping[str, str]]:
    """Every activity, soonest first; none has anything personal."""
    stations = {one.id: one.code for one in station.everywhere(office.session)}
    for its in activities.everything(office.session):
        yield _cells(office, its, stations)


def _change(office: Office, row: Row, its: Activity, plan: Plan, state: str) -> None:
    """As the row says; what is over or cancelled stands as it was."""
    stations = {one.id: one.code for one in station.everywhere(office.session)}
    before = _cells(office, its, stations)
    if all(row.cells.get(column, "") == before[column] for column in COLUMNS):
        return
    if its.state not in (State.DRAFT, State.PUBLISHED):
        row.wrong("activity_state", "activity_over")
    elif state not in (its.state, State.PUBLISHED):
        row.wrong("activity_state", "activity_by_hand")
    else:
        try:
            activity.change(office, its.id, plan)
        except PlacesTaken as refusal:
            row.wrong("places", "places_taken", taken=refusal.taken)
        except BeginsInThePast:
            row.wrong("starts_at", "activity_past")


def _publish(office: Office, row: Row, its: Activity) -> None:
    if its.starts_at <= office.now:
        row.wrong("starts_at", "activity_past")
        return
    activity.publish(office, its.id)


def _plan(office: Office, row: Row, stations: Mapping[str, UUID]) -> Plan | None:
    station_code = row.text("station_code", needed=True, most=32)
    if station_code and station_code not in stations:
        row.wrong("station_code", "unknown", text=station_code, of=words.names("role")["station"])
    start, end = _moment(row, "starts_at"), _moment(row, "ends_at")
    if start is not None and end is not None and end <= start:
        row.wrong("ends_at", "leave_order")
    kind = row.one_of("organiser_kind", "organiser_kind")
    title = row.text("name", needed=True, most=40)
    places = int(row.number("places", 0, MOST_PLACES) or 0)
    spot, audience = row.text("spot"), row.text("audience")
    organiser, about = row.text("organiser"), row.text("about", most=600)
    if row.problems or start is None or end is None:
        return None
    return Plan(
        title=title,
        words=about,
        station_id=stations[station_code],
        spot=spot,
        starts_at=start,
        ends_at=end,
        places=places,
        audience=audience,
        organiser_kind=Organiser(kind),
        organiser=organiser,
    )


def _moment(row: Row, column: str) -> datetime | None:
    text = row.text(column, needed=True)
    return row.moment(column, text) if text else None


def _cells(office: Office, its: Activity, stations: Mapping[UUID, str]) -> dict[str, str]:
    start, end = (f"{moment.astimezone(office.zone):%Y-%m-%d %H:%M}" for moment in (its.starts_at, its.ends_at))
    return {
        "code": its.code,
        "name": its.title,
        "activity_state": words.names("activity_state")[its.state],
        "station_code": stations.get(its.station_id, "") if its.station_id else "",
        "spot": its.spot,
        "starts_at": start,
        "ends_at": end,
        "places": str(its.places),
        "audience": its.audience,
        "organiser_kind": words.names("organiser_kind")[its.organiser_kind],
        "organiser": its.organiser,
        "about": its.words,
    }


KIND = Personal(columns=COLUMNS, take_in=take_in, give_out=give_out)
