"""Courses as a workbook: a row for each lesson, as a timetable is kept; what is said of the course stands on each."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.rules import activity, course
from bot.rules.activity import BeginsInThePast, PlacesTaken
from bot.rules.course import Plan
from bot.rules.office import Office
from bot.sheets import words
from bot.sheets.kind import Personal
from bot.sheets.row import Once, Row, unique
from bot.store import course as courses
from bot.store import station
from bot.store.activity import Activity, Organiser, State
from bot.store.course import Course, CourseState, Format, LecturerKind

MOST_PLACES, MOST_CODE = 5000, 28
OF_COURSE = (  # these stand alike on every row of a course
    *("course_name", "course_format", "lecturer_kind", "lecturer", "series"),
    *("members_only", "whole", "course_about"),
)
OF_LESSON = ("code", "activity_state", "station_code", "spot", "starts_at", "ends_at", "places", "about")
COLUMNS = (
    *("code", "course_name", "activity_state", "starts_at", "ends_at", "station_code", "spot", "places", "about"),
    *OF_COURSE[1:],
)
OPEN = (State.DRAFT, State.PUBLISHED)
_CODE = re.compile(r"(.+)-([1-9]\d{0,2})")


def take_in(office: Office, rows: Sequence[Row]) -> set[UUID]:
    """Write the lessons by their code, SF01-1 being the first of the course SF01; what is in no row stays as it is."""
    stations = {one.code: one.id for one in station.everywhere(office.session)}
    unique(rows, "code")
    once, of_course = Once(), defaultdict[str, list[tuple[int, Row]]](list)
    for row in rows:
        found = _CODE.fullmatch(row.text("code", needed=True, most=32))
        if found is None or len(found[1]) > MOST_CODE:
            row.wrong("code", "not_a_lesson_code", text=row.cells.get("code", ""))
            continue
        once.first(row, OF_COURSE, found[1])
        of_course[found[1]].append((int(found[2]), row))
    for code, numbered in of_course.items():
        _take(office, code, numbered, stations)
    return set()


def give_out(office: Office, full: bool) -> Iterator[Mapping[str, str]]:
    """Every lesson of every course; none has anything personal."""
    stations = {one.id: one.code for one in station.everywhere(office.session)}
    for its in courses.everything(office.session):
        for _, held in courses.lessons_of(office.session, its.id):
            yield _cells(office, its, held, stations)


def _take(office: Office, code: str, numbered: Sequence[tuple[int, Row]], stations: Mapping[str, UUID]) -> None:
    """All rows of one course."""
    first = numbered[0][1]
    wanted = {number: _lesson_plan(row, stations) for number, row in numbered}
    plan = _plan(first, wanted[numbered[0][0]])
    if plan is None or any(row.problems for _, row in numbered):
        return
    its = courses.coded(office.session, code)
    if its is None:
        its = course.begin(office, plan, code=code)
    else:
        _change(office, first, its, plan)
    codes = {station_id: code for code, station_id in stations.items()}
    there = {lesson.number: held for lesson, held in courses.lessons_of(office.session, its.id)}
    for number, row in numbered:
        lesson = wanted[number]
        if lesson is not None:
            _put(office, row, its, number, there.get(number), lesson, codes)
    _publish(office, its, [row for _, row in numbered])


def _change(office: Office, row: Row, its: Course, plan: Plan) -> None:
    """What is said of the course, for the lessons of which there are rows say where they are themselves."""
    same = replace(plan, station_id=its.station_id, spot=its.spot, places=its.places)
    if _said_of(its) != _said_of(plan):
        if its.state in (CourseState.DRAFT, CourseState.PUBLISHED):
            course.change(office, its.id, same)
        else:
            row.wrong("course_name", "activity_over")


def _said_of(one: Course | Plan) -> tuple[object, ...]:
    named = ("title", "format", "lecturer_kind", "lecturer", "series", "members_only", "whole", "words")
    return tuple(str(getattr(one, name)) for name in named)


def _put(
    office: Office,
    row: Row,
    its: Course,
    number: int,
    held: Activity | None,
    wanted: activity.Plan,
    stations: Mapping[UUID, str],
) -> None:
    """One lesson as its row says; what is over or cancelled stands as it was."""
    if held is None:
        if its.state not in (CourseState.DRAFT, CourseState.PUBLISHED):
            row.wrong("code", "course_over")
            return
        course.put_lesson(office, its, number, replace(wanted, title=its.title, organiser=its.lecturer))
        return
    before = _cells(office, its, held, stations)
    if all(row.cells.get(column, "") == before[column] for column in OF_LESSON):
        return
    state = row.one_of("activity_state", "activity_state")
    if held.state not in OPEN:
        row.wrong("activity_state", "activity_over")
    elif state not in (held.state, State.PUBLISHED):
        row.wrong("activity_state", "activity_by_hand")
    else:
        _move(office, row, held, replace(wanted, title=its.title, organiser=its.lecturer))


def _move(office: Office, row: Row, held: Activity, wanted: activity.Plan) -> None:
    try:
        activity.change(office, held.id, wanted)
    except PlacesTaken as refusal:
        row.wrong("places", "places_taken", taken=refusal.taken)
    except BeginsInThePast:
        row.wrong("starts_at", "activity_past")


def _publish(office: Office, its: Course, rows: Sequence[Row]) -> None:
    """What is to be published is: with the first row that says so the course, and every draft of it that is said."""
    said = {row.cells.get("code", ""): row for row in rows if _says_published(row)}
    drafts = [held for _, held in courses.lessons_of(office.session, its.id) if held.state == State.DRAFT]
    for held in drafts:
        row = said.get(held.code)
        if row is not None and held.starts_at <= office.now:
            row.wrong("starts_at", "activity_past")
        elif row is not None and not row.problems:
            activity.publish(office, held.id)
    if its.state == CourseState.DRAFT and said:
        its.state, its.changed_at = CourseState.PUBLISHED.value, office.now


def _says_published(row: Row) -> bool:
    return row.cells.get("activity_state", "") == words.names("activity_state")[State.PUBLISHED.value]


def _plan(row: Row, lesson: activity.Plan | None) -> Plan | None:
    """What the row says of the course; its new lessons begin where this one is."""
    title = row.text("course_name", needed=True, most=40)
    kind = row.one_of("course_format", "course_format")
    by = row.one_of("lecturer_kind", "lecturer_kind")
    members, whole = row.one_of("members_only", "in_use", default="no"), row.one_of("whole", "in_use", default="no")
    lecturer, series, about = row.text("lecturer"), row.text("series", most=40), row.text("course_about", most=600)
    if row.problems or lesson is None:
        return None
    return Plan(
        title=title,
        format=Format(kind),
        lecturer_kind=LecturerKind(by),
        words=about,
        series=series,
        lecturer=lecturer,
        station_id=lesson.station_id,
        spot=lesson.spot,
        places=lesson.places,
        members_only=members == "yes",
        whole=whole == "yes",
    )


def _lesson_plan(row: Row, stations: Mapping[str, UUID]) -> activity.Plan | None:
    station_code = row.text("station_code", needed=True, most=32)
    if station_code and station_code not in stations:
        row.wrong("station_code", "unknown", text=station_code, of=words.names("role")["station"])
    start, end = _moment(row, "starts_at"), _moment(row, "ends_at")
    if start is not None and end is not None and end <= start:
        row.wrong("ends_at", "leave_order")
    row.one_of("activity_state", "activity_state")
    places = int(row.number("places", 0, MOST_PLACES) or 0)
    spot, about = row.text("spot"), row.text("about", most=600)
    if row.problems or start is None or end is None:
        return None
    return activity.Plan(
        title="",
        words=about,
        station_id=stations[station_code],
        spot=spot,
        starts_at=start,
        ends_at=end,
        places=places,
        audience="",
        organiser_kind=Organiser.COMMUNITY,
        organiser="",
    )


def _moment(row: Row, column: str) -> datetime | None:
    text = row.text(column, needed=True)
    return row.moment(column, text) if text else None


def _cells(office: Office, its: Course, held: Activity, stations: Mapping[UUID, str]) -> dict[str, str]:
    start, end = (f"{moment.astimezone(office.zone):%Y-%m-%d %H:%M}" for moment in (held.starts_at, held.ends_at))
    yes = words.names("in_use")
    return {
        "code": held.code,
        "course_name": its.title,
        "activity_state": words.names("activity_state")[held.state],
        "starts_at": start,
        "ends_at": end,
        "station_code": stations.get(held.station_id, "") if held.station_id else "",
        "spot": held.spot,
        "places": str(held.places),
        "about": held.words,
        "course_format": words.names("course_format")[its.format],
        "lecturer_kind": words.names("lecturer_kind")[its.lecturer_kind],
        "lecturer": its.lecturer,
        "series": its.series,
        "members_only": yes["yes" if its.members_only else "no"],
        "whole": yes["yes" if its.whole else "no"],
        "course_about": its.words,
    }


KIND = Personal(columns=COLUMNS, take_in=take_in, give_out=give_out)
