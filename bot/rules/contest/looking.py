"""What becomes of an entry: looked at by the staff, shown to everybody or sent back, and what it wins."""

import io
from uuid import UUID

from PIL import Image

from bot.rules.contest.refusals import EntryGone, ReasonMissing, ResultsTold
from bot.rules.contest.telling import becomes, tell
from bot.rules.office import Office
from bot.store import contest as rows
from bot.store.contest import ALBUM, LIVE, ContestEntry, EntryState

SMALL = 640  # pixels of the longer side, in the gallery


def show(office: Office, entry_id: UUID) -> ContestEntry:
    """Everybody sees it in the gallery; its author hears so. Raises EntryGone."""
    row = _to_look_at(office, entry_id, EntryState.WAITING)
    for picture in ALBUM.kept(office.session, row.id):
        small = office.seal.close_bytes(_small(office.seal.open_bytes(picture.image)))
        rows.keep_small(office.session, picture.id, small)
    becomes(office, row, EntryState.SHOWN)
    tell(office, row, "entry_shown", {})
    return row


def send_back(office: Office, entry_id: UUID, reason: str) -> ContestEntry:
    """It is not shown, and why; while the contest runs, another picture brings it back. Raises as `show`."""
    if not reason.strip():
        raise ReasonMissing
    row = _to_look_at(office, entry_id, *LIVE)
    becomes(office, row, EntryState.SENT_BACK)
    tell(office, row, "entry_sent_back", {"reason": reason.strip()})
    return row


def award(office: Office, entry_id: UUID, prize: str) -> ContestEntry:
    """What it wins; residents read it with the results. Raises EntryGone, ResultsTold."""
    row = rows.locked_entry(office.session, entry_id)
    its = rows.locked(office.session, row.contest_id)
    if its.results_at is not None:
        raise ResultsTold
    if row.state != EntryState.SHOWN:
        raise EntryGone
    row.prize, row.changed_at = prize.strip()[:40], office.now
    return row


def _small(jpeg: bytes) -> bytes:
    """The same, as large as a list needs it. The picture is one of ours, painted anew when it came."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as whole:
        whole.draft("RGB", (SMALL, SMALL))
        whole.thumbnail((SMALL, SMALL))
        file = io.BytesIO()
        whole.convert("RGB").save(file, "JPEG", quality=80)
    return file.getvalue()


def _to_look_at(office: Office, entry_id: UUID, *states: EntryState) -> ContestEntry:
    """An entry that the staff have in hand, locked. Raises EntryGone where somebody was quicker."""
    row = rows.locked_entry(office.session, entry_id)
    if row.state not in states:
        raise EntryGone
    return row
