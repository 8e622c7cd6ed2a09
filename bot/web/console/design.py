"""Every part of the design system on one page, to look at and to copy from."""

from datetime import timedelta
from enum import StrEnum

from pydantic import BaseModel
from pydantic import Field as About

from bot.rules.access import EVERYBODY
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Go, Pages, View, Visit
from bot.wording import design as say

pages = Pages()
DESIGN = "/console/design"
SAVED = {"name": say.SAVED_NAME, "kind": "life", "text": say.SAVED_TEXT, "open": True}


class Kind(StrEnum):
    """The choices of the example."""

    LIFE = "life"
    LEARNING = "learning"


class Example(BaseModel):
    """A form with one field of each kind."""

    name: str = About(title=say.NAME, min_length=2, max_length=20)
    kind: Kind = About(title=say.KIND)
    seats: int | None = About(default=None, title=say.SEATS, ge=1, le=500)
    text: str = About(default="", title=say.TEXT, description=say.TEXT_HINT, max_length=200)
    open: bool = About(default=False, title=say.OPEN)


FORM = Form(
    Example,
    choices={"kind": [(one.value, label) for one, label in zip(Kind, say.KINDS, strict=True)]},
    kinds={"seats": "number"},
)


@pages.get(DESIGN, roles=EVERYBODY)
def show(visit: Visit) -> Answer:
    return _shown(visit, FORM.shown(SAVED), 200)


@pages.post(DESIGN, roles=EVERYBODY)
def check(visit: Visit) -> Answer:
    """The example form, checked; nothing is kept."""
    typed = FORM.read(visit.asked, SAVED)
    return _shown(visit, typed, 422) if isinstance(typed, Filled) else Go(DESIGN, "saved")


def _shown(visit: Visit, filled: Filled, status: int) -> View:
    now = visit.office.now
    moments = [now - timedelta(minutes=2), now - timedelta(days=1), now - timedelta(days=3), now - timedelta(days=400)]
    return View(
        "design.html",
        {"filled": filled, "moments": moments, "soon": now + timedelta(hours=2), "late": moments[2]},
        status,
    )
