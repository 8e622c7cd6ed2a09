"""What residents do: send something in, with its pictures, and take it back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from bot.rules import lost_picture, reach
from bot.rules.contest.refusals import ContestOver, EnoughPictures, EntryGone, TooManyEntries
from bot.rules.contest.telling import becomes
from bot.rules.office import Office
from bot.store import contest as rows
from bot.store import dialog
from bot.store.contest import ALBUM, Contest, ContestEntry, EntryState

MOST_PICTURES = 3
PHOTO = "contest.photo"  # the question that takes pictures of an entry
ASKED_STAYS = timedelta(days=3)


def enter(office: Office, contest_id: UUID, *, title: str, name: str, resident_id: UUID, channel: str) -> ContestEntry:
    """An entry with its number, which waits for its pictures and for the staff. Raises ContestOver, TooManyEntries."""
    its = rows.locked(office.session, contest_id)
    if not its.is_open(office.now):
        raise ContestOver
    if rows.live_of(office.session, its.id, resident_id) >= its.most:
        raise TooManyEntries(its.most)
    row = ContestEntry(
        contest_id=its.id,
        number=rows.next_number(office.session, its.id),
        resident_id=resident_id,
        channel=channel,
        said=office.seal.close_json({"title": title, "name": name}),
        created_at=office.now,
        changed_at=office.now,
    )
    rows.add(office.session, row)
    return row


def may_have_pictures(entry: ContestEntry, its: Contest, now: datetime) -> bool:
    """Whether its author may still send a picture of it."""
    return entry.state in (EntryState.WAITING, EntryState.SENT_BACK) and its.is_open(now)


def add_picture(office: Office, entry_id: UUID, media: Mapping[str, str]) -> int:
    """Keep a picture as the platform named it; what was sent back is looked at again. Returns how many there are.

    Raises EntryGone, ContestOver, EnoughPictures.
    """
    row = rows.locked_entry(office.session, entry_id)
    its = rows.contest(office.session, row.contest_id)
    if its is None or not its.is_open(office.now):
        raise ContestOver
    if not may_have_pictures(row, its, office.now):
        raise EntryGone
    before = ALBUM.count(office.session, row.id)
    if row.state == EntryState.SENT_BACK:
        ALBUM.drop(office.session, [row.id])  # another picture is what it was sent back for
        row.state, row.changed_at, before = EntryState.WAITING.value, office.now, 0
    if before >= MOST_PICTURES:
        raise EnoughPictures(MOST_PICTURES)
    ALBUM.add(office.session, row.id, at=office.now, media=office.seal.close_json(media))
    return before + 1


def withdraw(office: Office, entry_id: UUID, resident_id: UUID) -> ContestEntry:
    """Its author takes it back; nobody sees it any more. Raises EntryGone."""
    row = rows.locked_entry(office.session, entry_id)
    if row.resident_id != resident_id or row.state == EntryState.WITHDRAWN:
        raise EntryGone
    becomes(office, row, EntryState.WITHDRAWN)
    return row


def picture_lost(office: Office, entry_id: UUID) -> None:
    """A picture could not be had: its author is asked for another one, and what they send next belongs to it."""
    row = rows.entry(office.session, entry_id)
    its = rows.contest(office.session, row.contest_id) if row is not None else None
    if row is None or its is None or row.resident_id is None or not may_have_pictures(row, its, office.now):
        return
    channel = reach.channel_for(office, row.resident_id, row.channel)
    lost_picture.ask_again(office, row.resident_id, channel, its.title)
    dialog.ask_if_free(
        office.session,
        resident_id=row.resident_id,
        asks=PHOTO,
        content=office.seal.close_json({"choices": {}, "memo": {"entry": str(row.id)}}),
        until=office.now + ASKED_STAYS,
        now=office.now,
    )
