"""Residents' pictures: what is kept of one, how often it is tried, and who is asked when it cannot be had."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.rules import contest, lost_picture, suggestion
from bot.rules.office import Office
from bot.rules.ticket.office import leave_open
from bot.store import Session
from bot.store import contest as contests
from bot.store import suggestion as suggestions
from bot.store import ticket as tickets
from bot.store.album import Album, Claimed
from bot.store.ticket import photos

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000  # a telephone's largest; decoded it takes 180 MB, a JPEG much less
LONGEST_SIDE = 2048
QUALITY = 85
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
HASH = "picture"
MOST_TRIES = 8
PAUSES = (*(timedelta(minutes=one) for one in (1, 5, 15)), *(timedelta(hours=one) for one in (1, 3, 8, 16)))


class NotAPicture(Exception):
    """What came is no picture that we can show; the text says why."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A JPEG of which nothing is known but what is to be seen on it."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a ticket, to be shown or sent on."""

    id: UUID
    at: datetime
    jpeg: bytes
    width: int
    height: int


def clean(data: bytes) -> Clean:
    """Painted anew: the right way up, no larger than needed, without place, camera or anything else it carried.

    Raises NotAPicture.
    """
    if len(data) > MOST_BYTES:
        raise NotAPicture(f"larger than {MOST_BYTES // 1024 // 1024} MiB")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAPicture(f"{picture.width} x {picture.height} pixels are too many")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read no larger than needed
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _painted(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPicture("too many pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, IndexError) as error:  # Pillow's, of broken files
        raise NotAPicture(f"no readable picture: {type(error).__name__}") from error


def _painted(picture: Image.Image) -> Clean:
    """On a canvas of its own, for whatever else a picture holds travels with the object."""
    canvas = Image.new("RGB", picture.size, "white")
    with_holes = picture.convert("RGBA") if picture.has_transparency_data else None
    canvas.paste(with_holes or picture.convert("RGB"), mask=with_holes)
    file = io.BytesIO()
    canvas.save(file, "JPEG", quality=QUALITY)
    return Clean(file.getvalue(), canvas.width, canvas.height)


def claim(session: Session, now: datetime, limit: int, *, of_now: bool = False) -> list[Claimed]:
    """Pictures of whatever they belong to that are due, some of each album, oldest first."""
    return [one for kept in SHELVES.values() for one in kept.album.claim(session, now, limit, of_now=of_now)]


def keep(office: Office, picture: Claimed, found: Clean) -> None:
    """Keep the picture itself, sealed; of what was forgotten meanwhile nothing is kept."""
    SHELVES[picture.album].album.keep(
        office.session,
        picture.id,
        image=office.seal.close_bytes(found.jpeg),
        digest=office.seal.keyed_hash(found.jpeg, HASH),
        size=(found.width, found.height),
    )


def failed(office: Office, claimed: Claimed, reason: str, *, for_good: bool) -> None:
    """It could not be had: later again, and after the last time the resident is asked for another one."""
    shelf = SHELVES[claimed.album]
    if not for_good and claimed.tries < MOST_TRIES:
        pause = PAUSES[min(claimed.tries, len(PAUSES)) - 1]
        shelf.album.try_again(office.session, claimed.id, at=office.now + pause, reason=reason)
    elif shelf.album.give_up(office.session, claimed.id, reason=reason):
        shelf.ask_again(office, claimed.owner_id)


def of(office: Office, owner_id: UUID, album: Album = photos.ALBUM, picture_id: UUID | None = None) -> Sequence[Photo]:
    """The pictures that we have, a ticket's unless another album is meant, oldest first, or that one; each opened."""
    kept = album.kept(office.session, owner_id, picture_id)
    return [Photo(one.id, one.at, office.seal.open_bytes(one.image), one.width, one.height) for one in kept]


def _ask_again(office: Office, ticket_id: UUID) -> None:
    """What the resident sends next belongs to the ticket, as when the staff ask."""
    ticket = tickets.ticket(office.session, ticket_id)
    if ticket is None or ticket.resident_id is None or not ticket.is_open:
        return
    lost_picture.ask_again(office, ticket.resident_id, ticket.channel, ticket.number)
    leave_open(office, ticket.id, ticket.resident_id)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An album, and who is asked when one of its pictures cannot be had."""

    album: Album
    ask_again: Callable[[Office, UUID], None]


SHELVES: Mapping[str, Shelf] = {
    shelf.album.name: shelf
    for shelf in (
        Shelf(photos.ALBUM, _ask_again),
        Shelf(suggestions.ALBUM, suggestion.picture_lost),
        Shelf(contests.ALBUM, contest.picture_lost),
    )
}
