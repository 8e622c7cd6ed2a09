"""The rules of study as the house sets them: targets, how a replay counts, who may come unannounced."""

from dataclasses import asdict

from pydantic import BaseModel
from pydantic import Field as About

from bot.rules import study_terms
from bot.store.staff import StaffRole
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording.study import console as say

pages = Pages()
TERMS = "/console/study/terms"
ADMINISTRATORS = frozenset({StaffRole.ADMINISTRATOR})


class Terms(BaseModel):
    """What can be set."""

    member_hours: int = About(title=say.MEMBER_HOURS, description=say.TARGET_HINT, ge=0, le=500)
    secretary_hours: int = About(title=say.SECRETARY_HOURS, ge=0, le=500)
    replay_percent: int = About(title=say.REPLAY_PERCENT, description=say.REPLAY_HINT, ge=0, le=100)
    least_words: int = About(title=say.LEAST_WORDS, description=say.LEAST_HINT, ge=1, le=200)
    walk_ins: bool = About(default=False, title=say.WALK_INS)


FORM = Form(Terms)


@pages.get(TERMS, roles=ADMINISTRATORS)
def show(visit: Visit) -> Answer:
    return _page(FORM.shown(_saved(visit)))


@pages.post(TERMS, roles=ADMINISTRATORS)
def change(visit: Visit) -> Answer:
    """Set; hours that were given stay as they are. Before and after are written down."""
    before = _saved(visit)
    typed = FORM.read(visit.asked, before)
    if isinstance(typed, Filled):
        return _page(typed, status=422)
    study_terms.change(visit.office, typed.model_dump(), by=visit.me.staff_id)
    after = typed.model_dump()
    changed = {name: [str(before[name]), str(after[name])] for name in after if before[name] != after[name]}
    visit.noted("setting.changed", "study", **changed)
    return Go(TERMS, "saved")


def _saved(visit: Visit) -> dict[str, object]:
    """What holds for everybody is set by who sees everything."""
    if not visit.scope.everything:
        raise NotThere
    return asdict(study_terms.terms(visit.office.session))


def _page(filled: Filled, *, status: int = 200) -> View:
    return View("study_terms.html", {"filled": filled, "words": say, "at_terms": TERMS}, status)
