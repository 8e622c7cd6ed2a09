"""What the house has set for itself: each subject a form, checked, with who changed it; clocks follow at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from pydantic import BaseModel, create_model
from pydantic import Field as About

from bot.nlu.kinds import Trouble
from bot.rules import quiet, recount, retention, routing, setting
from bot.rules.office import Office
from bot.rules.setting import Subject
from bot.store import account_list
from bot.store import setting as kept
from bot.store.contact import Role
from bot.store.staff import StaffRole
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Asked, Go, NotThere, Pages, View, Visit
from bot.wording import manage as say

pages = Pages()
SETTINGS = "/console/manage/settings"
ONE = SETTINGS + "/{subject}"
ADMINISTRATORS = frozenset({StaffRole.ADMINISTRATOR})
MOST_MINUTES = 60 * 24 * 30
LEAST_DAYS = 30
LIMIT_ROWS, STEPS = ("usual", "soon", "slow", "danger"), ("first", "next", "solved")
QUIET = "quiet"
PERIODS = {one.what: one.period for one in retention.TABLE if one.what in say.PERIODS}


def _minutes(row: str, step: str) -> Any:
    hint = say.DANGER_HINT if row == "danger" else say.MINUTES_HINT
    return (int, About(title=say.limit_label(row, step), description=hint, ge=1, le=MOST_MINUTES))


def _days(what: str, most: int) -> Any:
    return (int, About(title=say.PERIODS[what], description=say.days_hint(most), ge=min(LEAST_DAYS, most), le=most))


def _owner(kind: Trouble) -> Any:
    return (Role, About(title=say.TROUBLES[kind]))


class Hours(BaseModel):
    """When residents are left in peace."""

    begins: time = About(title=say.BEGINS, description=say.QUIET_HINT)
    ends: time = About(title=say.ENDS)


class Minutes(BaseModel):
    """After how long a conversation goes back to the bot."""

    unanswered: int = About(title=say.UNANSWERED, ge=1, le=240)
    idle: int = About(title=say.IDLE, ge=5, le=720)


LIMITS: type[BaseModel] = create_model(
    "LIMITS", **{f"{row}_{step}": _minutes(row, step) for row in LIMIT_ROWS for step in STEPS}
)
ROUTING: type[BaseModel] = create_model("ROUTING", **{kind.value: _owner(kind) for kind in say.TROUBLES})
RETENTION: type[BaseModel] = create_model("RETENTION", **{what: _days(what, one.days) for what, one in PERIODS.items()})
_OWNERS = {kind.value: [(role.value, label) for role, label in say.OWNERS.items()] for kind in say.TROUBLES}


@dataclass(frozen=True, slots=True)
class Section:
    """One subject: its form, what stands in it, how it is kept, and what of it is ticked besides."""

    title: str
    about: str
    form: Form[Any]
    saved: Callable[[Office], Mapping[str, object]]
    keep: Callable[[Visit, Mapping[str, Any]], None]
    wrong: Callable[[Mapping[str, Any]], Mapping[str, str]]
    ticked: Callable[[Office], Mapping[str, frozenset[str]]]


def _nothing(_values: object) -> Mapping[str, Any]:
    return {}


def _saved_limits(office: Office) -> Mapping[str, object]:
    terms = setting.terms(office.session)
    return {
        f"{row}_{step}": minutes
        for row in LIMIT_ROWS
        for step, minutes in setting.in_minutes(getattr(terms, row)).items()
    }


def _keep_limits(visit: Visit, values: Mapping[str, Any]) -> None:
    """The first tickets are counted anew with it, the others by the chore."""
    said: dict[str, Any] = {row: {step: values[f"{row}_{step}"] for step in STEPS} for row in LIMIT_ROWS}
    said |= {name: sorted(ticked) for name, ticked in _ticked(visit.asked).items()}
    setting.change(visit.office, Subject.LIMITS, said, by=visit.me.staff_id)
    recount.go_on(visit.office)


def _wrong_limits(values: Mapping[str, Any]) -> Mapping[str, str]:
    return {f"{row}_first": say.IN_ORDER for row in LIMIT_ROWS if values[f"{row}_first"] > values[f"{row}_solved"]}


def _ticked_limits(office: Office) -> Mapping[str, frozenset[str]]:
    terms = setting.terms(office.session)
    return {
        "urgent_kinds": frozenset(kind.value for kind in terms.urgent_kinds),
        "slow_kinds": frozenset(kind.value for kind in terms.slow_kinds),
    }


def _ticked(asked: Asked) -> dict[str, frozenset[str]]:
    names = ("urgent_kinds", "slow_kinds")
    return {name: frozenset(asked.lists.get(name, ())) & {kind.value for kind in say.TROUBLES} for name in names}


def _saved_routing(office: Office) -> Mapping[str, object]:
    owners = setting.owners(office.session, routing.OWNERS)
    return {kind.value: owners.get(kind, Role.GRID_WORKER).value for kind in say.TROUBLES}


def _keep_routing(visit: Visit, values: Mapping[str, Any]) -> None:
    said = {name: Role(role).value for name, role in values.items()}
    setting.change(visit.office, Subject.ROUTING, said, by=visit.me.staff_id)


def _saved_retention(office: Office) -> Mapping[str, object]:
    return {what: setting.period(office.session, what, longest).days for what, longest in PERIODS.items()}


def _keep_retention(visit: Visit, values: Mapping[str, Any]) -> None:
    setting.change(visit.office, Subject.RETENTION, dict(values), by=visit.me.staff_id)


def _saved_patience(office: Office) -> Mapping[str, object]:
    patience = setting.patience(office.session)
    return {"unanswered": patience.unanswered.seconds // 60, "idle": patience.idle.seconds // 60}


def _keep_patience(visit: Visit, values: Mapping[str, Any]) -> None:
    setting.change(visit.office, Subject.HAND_OVER, dict(values), by=visit.me.staff_id)


def _saved_quiet(office: Office) -> Mapping[str, object]:
    found = quiet.hours(office.session)
    return {"begins": found.begins, "ends": found.ends}


def _keep_quiet(visit: Visit, values: Mapping[str, Any]) -> None:
    quiet.change(visit.office, begins=f"{values['begins']:%H:%M}", ends=f"{values['ends']:%H:%M}")


def _section(
    subject: str,
    title: str,
    form: Form[Any],
    saved: Callable[[Office], Mapping[str, object]],
    keep: Callable[[Visit, Mapping[str, Any]], None],
    wrong: Callable[[Mapping[str, Any]], Mapping[str, str]] = _nothing,
    ticked: Callable[[Office], Mapping[str, frozenset[str]]] = _nothing,
) -> Section:
    return Section(title, say.ABOUT[subject], form, saved, keep, wrong, ticked)


SECTIONS = {
    Subject.LIMITS.value: _section(
        "limits",
        say.SUBJECTS[Subject.LIMITS],
        Form(LIMITS),
        _saved_limits,
        _keep_limits,
        _wrong_limits,
        _ticked_limits,
    ),
    Subject.ROUTING.value: _section(
        "routing", say.SUBJECTS[Subject.ROUTING], Form(ROUTING, choices=_OWNERS), _saved_routing, _keep_routing
    ),
    QUIET: _section(QUIET, say.QUIET, Form(Hours), _saved_quiet, _keep_quiet),
    Subject.RETENTION.value: _section(
        "retention", say.SUBJECTS[Subject.RETENTION], Form(RETENTION), _saved_retention, _keep_retention
    ),
    Subject.HAND_OVER.value: _section(
        "hand_over", say.SUBJECTS[Subject.HAND_OVER], Form(Minutes), _saved_patience, _keep_patience
    ),
}


@pages.get(SETTINGS, roles=ADMINISTRATORS)
def show(visit: Visit) -> Answer:
    """All subjects, each with who changed it last."""
    _whole_city(visit)
    found = [
        (f"{SETTINGS}/{name}", section.title, section.about, _changed(visit, name))
        for name, section in SECTIONS.items()
    ]
    return View("settings.html", {"sections": found, "words": say})


@pages.get(ONE, roles=ADMINISTRATORS)
def one(visit: Visit) -> Answer:
    name, section = _found(visit)
    return _page(visit, name, section, section.form.shown(section.saved(visit.office)))


@pages.post(ONE, roles=ADMINISTRATORS)
def change(visit: Visit) -> Answer:
    """Kept, and before and after written down."""
    name, section = _found(visit)
    before = section.saved(visit.office)
    typed = section.form.read(visit.asked, before)
    if isinstance(typed, Filled):
        return _page(visit, name, section, typed, status=422)
    values = typed.model_dump()
    if wrong := section.wrong(values):
        return _page(visit, name, section, section.form.again(visit.asked, wrong), status=422)
    section.keep(visit, values)
    after = section.saved(visit.office)
    changed = {key: [str(before[key]), str(after[key])] for key in after if str(before[key]) != str(after[key])}
    visit.noted("setting.changed", name, **changed)
    return Go(f"{SETTINGS}/{name}", "saved")


def _whole_city(visit: Visit) -> None:
    """What holds for everybody is set by who sees everything."""
    if not visit.scope.everything:
        raise NotThere


def _found(visit: Visit) -> tuple[str, Section]:
    _whole_city(visit)
    name = visit.asked.path["subject"]
    if name not in SECTIONS:
        raise NotThere
    return name, SECTIONS[name]


def _changed(visit: Visit, name: str) -> str:
    """When and by whom it was changed last, "" where nobody has."""
    row = kept.row(visit.office.session, name)
    if row is None:
        return ""
    login = account_list.login_of(visit.office.session, row.changed_by)
    return say.changed(row.changed_at.astimezone(visit.office.zone), login)


def _page(visit: Visit, name: str, section: Section, filled: Filled, *, status: int = 200) -> View:
    ticked = _ticked(visit.asked) if status != 200 else section.ticked(visit.office)
    facts = {
        "title": section.title,
        "about": section.about,
        "filled": filled,
        "ticked": ticked if name == Subject.LIMITS else {},
        "changed": _changed(visit, name),
        "words": say,
        "at_setting": f"{SETTINGS}/{name}",
        "history": f"/console/audit?q={name}",
    }
    return View("setting.html", facts, status)
