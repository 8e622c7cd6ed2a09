"""What everybody may see of contests, and an entry opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.rules.activity import areas_here
from bot.rules.office import Office
from bot.store import contest as rows
from bot.store.contest import ALBUM, Contest, ContestEntry, EntryState

SHOWN_FOR = timedelta(days=180)  # on the residents' page, after the end


@dataclass(frozen=True, slots=True)
class Piece:
    """An entry with what was told of it, opened. `name` is what its author wants it shown under."""

    entry: ContestEntry
    title: str
    name: str
    pictures: Sequence[UUID]


def shown(office: Office) -> list[Contest]:
    """Those that residents may read of."""
    return list(rows.shown(office.session, office.now, areas=areas_here(office), since=office.now - SHOWN_FOR))


def open_now(office: Office) -> list[Contest]:
    """Those that something may be sent in for, the one that ends first first."""
    return sorted((one for one in shown(office) if one.is_open(office.now)), key=lambda one: one.closes_at)


def pieces(office: Office, entries: Sequence[ContestEntry]) -> list[Piece]:
    """Entries, opened; without title and name where their author is gone."""
    pictures = ALBUM.ids_of(office.session, [one.id for one in entries])
    return [_piece(office, one, pictures.get(one.id, [])) for one in entries]


def _piece(office: Office, entry: ContestEntry, pictures: Sequence[UUID]) -> Piece:
    said = office.seal.open_json(entry.said) if entry.said else {}
    return Piece(entry, str(said.get("title", "")), str(said.get("name", "")), pictures)


def on_show(office: Office, its: Contest) -> list[Piece]:
    """What everybody sees: prizes first, then by number."""
    found = pieces(office, rows.entries(office.session, its.id, (EntryState.SHOWN,)))
    told = its.results_at is not None
    return sorted(found, key=lambda one: (not (told and one.entry.prize), one.entry.number))


def picture(office: Office, contest_id: UUID, picture_id: UUID, *, small: bool) -> bytes | None:
    """A picture of an entry that is shown, as a JPEG; None where there is none."""
    found = rows.picture(office.session, contest_id, picture_id)
    if found is None:
        return None
    whole, little = found
    return office.seal.open_bytes(little if small and little else whole)
