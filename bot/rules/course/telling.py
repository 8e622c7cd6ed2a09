"""What those who enrolled are told when several lessons change at once: one notice, whatever they enrolled in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.rules.activity import where
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import outbox
from bot.store.activity import Activity, ActivityEnrolment, Kind
from bot.store.course import Course


@dataclass(frozen=True, slots=True)
class Moved:
    """A lesson that changed, whom it concerns, and when it was to begin before."""

    lesson: Activity
    where: str
    start: datetime
    people: Sequence[ActivityEnrolment]

    @classmethod
    def of(cls, office: Office, held: Activity, start: datetime) -> "Moved":
        return cls(held, where(office, held), start, activities.told(office.session, held.id))


def tell_moved(office: Office, its: Course, moved: Iterable[Moved]) -> None:
    """Where and when it is now, and was before."""

    def facts(one: Moved) -> dict[str, object]:
        return {"before": _local(office, one.start), "start": _local(office, one.lesson.starts_at), "where": one.where}

    _tell(office, its, "course_moved", moved, facts, {})


def tell_cancelled(office: Office, its: Course, gone: Iterable[Moved], reason: str) -> None:
    """What is not held, and why."""

    def facts(one: Moved) -> dict[str, object]:
        return {"start": _local(office, one.start)}

    _tell(office, its, "course_cancelled", gone, facts, {"reason": reason})


def _tell(
    office: Office,
    its: Course,
    kind: str,
    lessons: Iterable[Moved],
    facts: Callable[[Moved], dict[str, object]],
    more: dict[str, object],
) -> None:
    """One notice for each person, with all the lessons that are theirs; a template shows the first of them."""
    theirs: dict[UUID, list[Moved]] = {}
    channels: dict[UUID, str] = {}
    for one in lessons:
        for mine in one.people:
            if mine.resident_id is not None:
                theirs.setdefault(mine.resident_id, []).append(one)
                channels[mine.resident_id] = mine.channel
    for resident_id, own in theirs.items():
        said = [facts(one) for one in sorted(own, key=lambda one: one.lesson.starts_at)]
        told = {"title": its.title, "kind": Kind.LESSON.value, "start": said[0]["start"], "lessons": said, **more}
        outbox.put(
            office.session,
            resident_id=resident_id,
            channel=channels[resident_id],
            kind=kind,
            facts=office.seal.close_json(told),
            now=office.now,
            due_at=office.now,
        )


def _local(office: Office, moment: datetime) -> str:
    return moment.astimezone(office.zone).isoformat()
