"""The states of mySociety's updates, and what they mean to us."""

from collections.abc import Mapping

from bot.rules.forwarding.values import Stage
from bot.wording import forwarding as say

# Source: https://github.com/mysociety/open311-service-request-updates and its server's wider list of states.
WIDE: Mapping[Stage, str] = {
    Stage.RECEIVED: "OPEN",
    Stage.ASSIGNED: "INVESTIGATING",
    Stage.WORKING: "IN_PROGRESS",
    Stage.SCHEDULED: "ACTION_SCHEDULED",
    Stage.DONE: "FIXED",
    Stage.ELSEWHERE: "INTERNAL_REFERRAL",
    Stage.NOT_OURS: "NOT_COUNCILS_RESPONSIBILITY",
    Stage.DUPLICATE: "DUPLICATE",
    Stage.NEEDS_MORE: "INVESTIGATING",
    Stage.REOPENED: "REOPEN",
    Stage.WITHDRAWN: "CANCELLED",
}
_MEANT: Mapping[str, Stage] = {
    "OPEN": Stage.RECEIVED,
    "INVESTIGATING": Stage.WORKING,
    "IN_PROGRESS": Stage.WORKING,
    "ACTION_SCHEDULED": Stage.SCHEDULED,
    "FIXED": Stage.DONE,
    "CLOSED": Stage.DONE,
    "DUPLICATE": Stage.DUPLICATE,
    "NOT_COUNCILS_RESPONSIBILITY": Stage.NOT_OURS,
    "NO_FURTHER_ACTION": Stage.DONE,
    "INTERNAL_REFERRAL": Stage.ELSEWHERE,
    "FOR_TRIAGE": Stage.RECEIVED,
    "REOPEN": Stage.REOPENED,
    "CANCELLED": Stage.WITHDRAWN,
}


def stage_of(status: str, code: str = "") -> Stage | None:
    """What a state means, by their finer code where it is one of ours; None for a state nobody has heard of."""
    for name in (code.strip(), status.strip()):
        if name.lower() in set(Stage):
            return Stage(name.lower())
        named = say.stage_named(name)
        if named is not None:
            return named
    return _MEANT.get(status.strip().upper().replace(" ", "_").replace("-", "_"))
