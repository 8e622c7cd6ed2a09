"""What a push says, as the facts of its notices: the lesson's own hour and place as they are at this moment."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from bot.rules import course, link
from bot.rules.link import Purpose
from bot.rules.office import Office
from bot.store.activity import Activity
from bot.store.activity import State as ActivityState
from bot.store.lesson_push import LessonPush

LASTS = timedelta(days=14)  # so long a push without a lesson is worth telling
PAGE = "/h5/pushes/"


def facts_of(office: Office, push: LessonPush, *, public_url: str = "") -> dict[str, object]:
    """What its notices need, with the link that all share."""
    facts: dict[str, object] = {
        "push": str(push.id),
        "title": push.title,
        "words": push.words,
        "live": push.live_url,
        "material": push.material,
        "material_url": push.material_url,
        "link": push.link_url,
        "page": page(office, public_url, push.id),
        "until": ((push.due_at or office.now) + LASTS).astimezone(office.zone).isoformat(),
    }
    lecture = course.lecture(office, push.lesson_id) if push.lesson_id else None
    if lecture is not None:
        start, end = (one.astimezone(office.zone) for one in (lecture.activity.starts_at, lecture.activity.ends_at))
        facts |= {
            "lesson": str(push.lesson_id),
            "lesson_title": lecture.activity.title,
            "start": start.isoformat(),
            "until": end.isoformat(),
            "where": lecture.where,
            "live": push.live_url or lecture.lesson.live_url,
        }
    return facts


def facts_for(office: Office, shared: Mapping[str, object], *, public_url: str, to: UUID) -> dict[str, object]:
    """The same for one person, with the link that is theirs."""
    return {**shared, "page": page(office, public_url, to)}


def page(office: Office, public_url: str, whose: UUID) -> str:
    """The address of the push's page for one person, or for everybody; "" where residents cannot reach us."""
    if not public_url:
        return ""
    return f"{public_url.rstrip('/')}{PAGE}{link.sign(office.seal, Purpose.PUSH, whose, office.now)}"


def is_held(held: Activity | None, now: datetime) -> bool:
    """Whether a lesson is still to be held, or is on."""
    return held is not None and held.state == ActivityState.PUBLISHED and held.ends_at > now
