"""The form of a lesson push and of a weekly plan: what is typed, and what it means."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.rules.lesson_push import Draft, PlanDraft, Segment, Who
from bot.rules.lesson_push.drafting import check_link
from bot.sheets.row import split
from bot.store import course as courses
from bot.store import group as groups
from bot.store import lesson_push as rows
from bot.store import member as members
from bot.store.course import CourseState
from bot.store.lesson_push import LessonPush, Whom
from bot.store.member import Membership
from bot.web.console.branches import area_of, areas
from bot.web.console.form import Form
from bot.web.console.page import NotThere, Visit
from bot.wording import member_console as say_member
from bot.wording.lesson_push import console as say

AHEAD, BEHIND, MOST = timedelta(days=60), timedelta(days=180), 200
LIST_SIGN = "、"
Box = tuple[str, str, bool]


class Said(BaseModel):
    """What a push and a plan have in common."""

    title: str = About(title=say.NAME, min_length=2, max_length=40)
    words: str = About(default="", title=say.WORDS, description=say.WORDS_HINT, max_length=600)
    area: str = About(default="", title=say.AREA, max_length=36)
    who: Who = About(default=Who.MEMBERS, title=say.WHO)
    kind: str = About(default="", title=say.KIND, max_length=16)
    secretaries: bool = About(default=False, title=say.SECRETARIES)
    tags: str = About(default="", title=say.TAGS, description=say.TAGS_HINT, max_length=100)
    short: bool = About(default=False, title=say.SHORT)
    by_mass: bool = About(default=False, title=say.MASS)


class Typed(Said):
    """What is typed of a push."""

    lesson: str = About(default="", title=say.LESSON, max_length=36)
    live_url: str = About(default="", title=say.LIVE, description=say.LIVE_HINT, max_length=500)
    material: str = About(default="", title=say.MATERIAL, max_length=80)
    material_url: str = About(default="", title=say.MATERIAL_URL, max_length=500)
    link_url: str = About(default="", title=say.LINK, max_length=500)
    came: str = About(default="", title=say.CAME, max_length=36)
    came_how: str = About(default="came", title=say.CAME_HOW, max_length=8)
    day: date | None = About(default=None, title=say.DAY)
    clock: time | None = About(default=None, title=say.CLOCK, description=say.CLOCK_HINT)


class Weekly(Said):
    """What is typed of a weekly plan."""

    course: str = About(default="", title=say.COURSE, max_length=36)
    weekday: str = About(title=say.WEEKDAY, max_length=1)
    at: time = About(title=say.PLAN_CLOCK)
    until: date = About(title=say.UNTIL)


def push_form(visit: Visit) -> Form[Typed]:
    lessons = _lessons(visit, -timedelta(hours=3), AHEAD)
    past = _lessons(visit, -BEHIND, timedelta())
    choices = {**_choices(visit), "lesson": [("", say.ANY_LESSON), *lessons], "came": [("", say.ANY_WORD), *past]}
    kinds = {"day": "date", "clock": "time", "live_url": "url", "material_url": "url", "link_url": "url"}
    return Form(Typed, choices={**choices, "came_how": list(say.CAMES.items())}, kinds=kinds)


def plan_form(visit: Visit) -> Form[Weekly]:
    held = [
        (str(one.id), one.title)
        for one in courses.everything(visit.office.session)
        if _runs(visit, one.area_id, one.state)
    ]
    choices = {**_choices(visit), "course": [("", say.ANY_COURSE), *held], "weekday": list(say.WEEKDAYS)}
    return Form(Weekly, choices=choices)


def draft_of(visit: Visit, typed: Typed) -> Draft:
    """What it means. Raises NotThere for what is not theirs to choose, BadLink."""
    for url in (typed.live_url, typed.material_url, typed.link_url):
        check_link(url)
    segment = _segment(visit, typed)
    if typed.came:
        segment = Segment(segment.who, segment.whom, UUID(typed.came), typed.came_how == "but", segment.short_of_hours)
    zone, today = visit.office.zone, visit.office.today
    at = None
    if typed.day or typed.clock:
        at = datetime.combine(typed.day or today, typed.clock or time(9), zone)
    return Draft(
        title=typed.title,
        words=typed.words,
        area_id=area_of(visit, typed.area),
        lesson_id=_chosen(typed.lesson, _lessons(visit, -timedelta(hours=3), AHEAD)),
        live_url=typed.live_url,
        material=typed.material,
        material_url=typed.material_url,
        link_url=typed.link_url,
        segment=segment,
        groups=_groups(visit),
        by_mass=typed.by_mass,
        at=at,
    )


def plan_of(visit: Visit, typed: Weekly) -> PlanDraft:
    """What it means. Raises NotThere for what is not theirs to choose."""
    if typed.weekday not in dict(say.WEEKDAYS):
        raise NotThere
    held = [
        (str(one.id), one.title)
        for one in courses.everything(visit.office.session)
        if _runs(visit, one.area_id, one.state)
    ]
    return PlanDraft(
        title=typed.title,
        weekday=int(typed.weekday),
        clock=typed.at,
        until=typed.until,
        words=typed.words,
        area_id=area_of(visit, typed.area),
        course_id=_chosen(typed.course, held),
        segment=_segment(visit, typed),
        groups=_groups(visit),
        by_mass=typed.by_mass,
    )


def values_of(visit: Visit, push: LessonPush) -> dict[str, object]:
    """What stands in the form of one."""
    segment, at = Segment.of(push.audience), push.wanted_at
    local = at.astimezone(visit.office.zone) if at else None
    return {
        "title": push.title,
        "words": push.words,
        "area": push.area_id or "",
        "who": segment.who,
        "kind": segment.whom.kind,
        "secretaries": segment.whom.secretaries,
        "tags": LIST_SIGN.join(segment.whom.tags),
        "short": segment.short_of_hours,
        "by_mass": push.by_mass,
        "lesson": push.lesson_id or "",
        "live_url": push.live_url,
        "material": push.material,
        "material_url": push.material_url,
        "link_url": push.link_url,
        "came": segment.came or "",
        "came_how": "but" if segment.but_came else "came",
        "day": local.date() if local else "",
        "clock": local.time() if local else "",
    }


def branch_boxes(visit: Visit, chosen: set[str]) -> list[Box]:
    """A box for each branch: value, label, ticked."""
    found = members.branches(visit.office.session, visit.scope)
    return [(str(one.id), one.name, str(one.id) in chosen) for one in found]


def group_boxes(visit: Visit, chosen: set[str]) -> list[Box]:
    """A box for each group that can be written to, with what becomes of a message there."""
    found = [one for one in groups.seen_by(visit.office.session, visit.scope) if one.active and one.can_push]
    return [(str(one.id), say.group_line(one), str(one.id) in chosen) for one in found]


def ticked(visit: Visit, name: str) -> set[str]:
    return set(visit.asked.lists.get(name, ()))


def _segment(visit: Visit, typed: Said) -> Segment:
    seen = {str(one.id) for one in members.branches(visit.office.session, visit.scope)}
    branches = ticked(visit, "branches")
    if not branches <= seen or typed.kind not in ("", *Membership):
        raise NotThere
    whom = Whom(
        branches=tuple(sorted(map(UUID, branches))),
        kind=typed.kind,
        secretaries=typed.secretaries,
        tags=tuple(split(typed.tags, LIST_SIGN)),
    )
    return Segment(typed.who, whom, short_of_hours=typed.short)


def _groups(visit: Visit) -> tuple[UUID, ...]:
    chosen = ticked(visit, "groups")
    if not chosen <= {value for value, _, _ in group_boxes(visit, set())}:
        raise NotThere
    return tuple(sorted(map(UUID, chosen)))


def _choices(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    return {
        "area": areas(visit),
        "who": list(say.WHOS.items()),
        "kind": [("", say.ANY_KIND), *say_member.KINDS.items()],
    }


def _lessons(visit: Visit, since: timedelta, until: timedelta) -> list[tuple[str, str]]:
    office = visit.office
    found = rows.lessons(office.session, visit.scope, office.now + since, office.now + until, MOST)
    return [(str(one.id), say.lesson(one, one.starts_at.astimezone(office.zone))) for one in found]


def _chosen(text: str, offered: list[tuple[str, str]]) -> UUID | None:
    if not text:
        return None
    if text not in dict(offered):
        raise NotThere
    return UUID(text)


def _runs(visit: Visit, area_id: UUID | None, state: str) -> bool:
    seen = visit.scope.everything or area_id is None or area_id in visit.scope.areas
    return seen and state == CourseState.PUBLISHED
