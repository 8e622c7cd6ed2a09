"""What the house sets for study and for arriving: yearly targets, how a replay counts, who may come unannounced."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.rules import setting
from bot.rules.office import Office
from bot.rules.setting import Subject
from bot.store import Session
from bot.store import setting as kept

MINUTES = 60


@dataclass(frozen=True, slots=True)
class StudyTerms:
    """The usual values. Targets: the regulation on the education of Party members of 2019, 32 and 56 hours a year.

    A replay counts once so many per cent of the lesson have gone by since it was opened, and so many characters were
    said of it. `walk_ins`: whoever has not enrolled may come while there are places.
    """

    member_hours: int = 32
    secretary_hours: int = 56
    replay_percent: int = 60
    least_words: int = 15
    walk_ins: bool = True

    def target(self, *, is_secretary: bool) -> int:
        """The minutes that somebody should study in a year."""
        return (self.secretary_hours if is_secretary else self.member_hours) * MINUTES


USUAL = StudyTerms()


def terms(session: Session) -> StudyTerms:
    """As they are set, the usual ones where nobody has set anything."""
    value = kept.everything(session).get(Subject.STUDY.value, {})
    return StudyTerms(
        member_hours=_number(value, "member_hours", USUAL.member_hours),
        secretary_hours=_number(value, "secretary_hours", USUAL.secretary_hours),
        replay_percent=_number(value, "replay_percent", USUAL.replay_percent),
        least_words=_number(value, "least_words", USUAL.least_words),
        walk_ins=bool(value.get("walk_ins", USUAL.walk_ins)),
    )


def change(office: Office, values: Mapping[str, Any], *, by: UUID | None) -> None:
    """Set them."""
    setting.change(office, Subject.STUDY, values, by=by)


def _number(value: Mapping[str, Any], name: str, usual: int) -> int:
    given = value.get(name)
    return given if isinstance(given, int) and given >= 0 else usual
