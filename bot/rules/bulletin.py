"""Notices of the community: drawn up by the staff, answered while they hold, gone by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.nlu import Entry, bulletins
from bot.rules.office import Office
from bot.store import bulletin as rows
from bot.store.bulletin import Bulletin, Topic
from bot.store.station import Station


class NoticeEndsBeforeItBegins(Refusal):
    """It would never hold."""


@dataclass(frozen=True, slots=True)
class Text:
    """What the staff say of a notice."""

    title: str
    words: str
    topic: Topic
    valid_from: datetime
    valid_until: datetime
    station_id: UUID | None
    published: bool


def put(office: Office, text: Text, *, row: Bulletin | None = None, area_id: UUID | None = None) -> Bulletin:
    """A new notice, or `row` as it is from now on. Raises NoticeEndsBeforeItBegins."""
    if text.valid_until <= text.valid_from:
        raise NoticeEndsBeforeItBegins
    at = office.session.get(Station, text.station_id) if text.station_id else None
    if row is None:
        row = Bulletin(
            title=text.title,
            words=text.words,
            valid_from=text.valid_from,
            valid_until=text.valid_until,
            area_id=area_id,
            created_at=office.now,
            changed_at=office.now,
        )
    row.title, row.words, row.topic = text.title, text.words, text.topic.value
    row.valid_from, row.valid_until, row.published = text.valid_from, text.valid_until, text.published
    row.station_id, row.area_id = text.station_id, at.area_id if at else row.area_id
    row.changed_at = office.now
    office.session.add(row)
    office.session.flush()
    return row


def drop(office: Office, row: Bulletin) -> None:
    """It holds no more, and nobody needs it."""
    office.session.delete(row)
    office.session.flush()


def entries(office: Office) -> Sequence[Entry]:
    """What the assistant answers of the notices that hold now."""
    found = rows.valid(office.session, office.now)
    return bulletins.entries(
        [
            bulletins.Notice(
                row.name,
                row.title,
                row.words,
                row.valid_from.astimezone(office.zone).date(),
                (row.valid_until - timedelta(seconds=1)).astimezone(office.zone).date(),
            )
            for row in found
        ]
    )
