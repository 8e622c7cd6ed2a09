"""A push as the staff say it: the words and links, for whom, in which groups, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from bot.store.lesson_push import Whom

KIND = "lesson_push"


class Who(StrEnum):
    """Whom a push is for in the first place."""

    MEMBERS = "members"
    RESIDENTS = "residents"  # everybody who follows and wants news of courses
    NOBODY = "nobody"  # groups alone


@dataclass(frozen=True, slots=True)
class Segment:
    """For whom it is. `came`: only who was at that lesson, or, with `but_came`, only who was not.

    `short_of_hours`: only who has not yet the hours of study the year asks for.
    """

    who: Who = Who.MEMBERS
    whom: Whom = field(default_factory=Whom)
    came: UUID | None = None
    but_came: bool = False
    short_of_hours: bool = False

    def as_json(self) -> dict[str, object]:
        return {
            "who": self.who.value,
            "branches": sorted(str(one) for one in self.whom.branches),
            "kind": self.whom.kind,
            "secretaries": self.whom.secretaries,
            "tags": sorted(self.whom.tags),
            "came": str(self.came) if self.came else "",
            "but_came": self.but_came,
            "short_of_hours": self.short_of_hours,
        }

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> "Segment":
        """As `as_json` wrote it."""
        branches, tags = kept.get("branches"), kept.get("tags")
        whom = Whom(
            branches=tuple(UUID(str(one)) for one in branches) if isinstance(branches, list) else (),
            kind=str(kept.get("kind") or ""),
            secretaries=bool(kept.get("secretaries")),
            tags=tuple(str(one) for one in tags) if isinstance(tags, list) else (),
        )
        came = str(kept.get("came") or "")
        return cls(
            Who(str(kept.get("who") or Who.MEMBERS)),
            whom,
            UUID(came) if came else None,
            bool(kept.get("but_came")),
            bool(kept.get("short_of_hours")),
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed of a push. `at` None: as soon as it is agreed to."""

    title: str
    words: str = ""
    area_id: UUID | None = None
    lesson_id: UUID | None = None
    live_url: str = ""
    material: str = ""
    material_url: str = ""
    link_url: str = ""
    segment: Segment = field(default_factory=Segment)
    groups: tuple[UUID, ...] = ()
    by_mass: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What is typed of a recurring plan: each `weekday` (Monday is 0) at `clock`, up to a last day."""

    title: str
    weekday: int
    clock: time
    until: date
    words: str = ""
    area_id: UUID | None = None
    course_id: UUID | None = None
    segment: Segment = field(default_factory=Segment)
    groups: tuple[UUID, ...] = ()
    by_mass: bool = False
