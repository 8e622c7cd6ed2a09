"""The three ways to residents on one place of the rail: who they are, who talks to a person, who is to be rung up."""

from dataclasses import dataclass

from bot.rules.access import READERS, WORKERS
from bot.store import directory, hand_over
from bot.store.staff import StaffRole
from bot.web.console.page import Visit
from bot.wording import call as say_call
from bot.wording import hand_over as say_talk
from bot.wording import people as say

PEOPLE = "/console/people"
TALKS, CALLS = f"{PEOPLE}/talks", f"{PEOPLE}/calls"
SERVES = WORKERS - {StaffRole.GRID_WORKER}  # talk with residents at the desk
SEES_TALKS = SERVES | {StaffRole.AUDITOR}


@dataclass(frozen=True, slots=True)
class Tab:
    """One of them, as it stands above the page."""

    href: str
    label: str
    count: int
    chosen: bool


def tabs(visit: Visit, chosen: str) -> list[Tab]:
    """Those that they may open; `chosen` is the address of the one that is open."""
    talks, calls = _talks(visit), _calls(visit)
    found = [Tab(PEOPLE, say.TITLE, 0, chosen == PEOPLE)]
    if visit.me.role in SEES_TALKS:
        found.append(Tab(TALKS, say_talk.TITLE, talks, chosen == TALKS))
    if visit.me.role in READERS:
        found.append(Tab(CALLS, say_call.TITLE, calls, chosen == CALLS))
    return found


def waiting(visit: Visit) -> int:
    """How many residents wait for a word or a call."""
    return _talks(visit) + _calls(visit)


def _talks(visit: Visit) -> int:
    return hand_over.waiting(visit.office.session, visit.scope) if visit.me.role in SEES_TALKS else 0


def _calls(visit: Visit) -> int:
    return directory.calls_open(visit.office.session, visit.scope)
