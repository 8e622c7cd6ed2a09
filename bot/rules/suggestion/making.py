"""What residents do with a suggestion: make it, add to it, say where, support a neighbour's, take it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from bot.messages import Spot
from bot.nlu import wishes
from bot.nlu.wishes import Wish
from bot.rules import lost_picture, place
from bot.rules.activity import areas_here
from bot.rules.office import Office
from bot.rules.place import Door
from bot.rules.suggestion.parts import NotPublic, OwnSuggestion, TooManyPictures, noted, open_one
from bot.store import dialog
from bot.store import suggestion as rows
from bot.store.suggestion import ALBUM, OPEN, State, Suggestion, What

MOST_PICTURES = 9
MOST_COMPARED = 200
MORE = "suggestion.more"  # the question that takes what belongs to one
ASKED_STAYS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Draft:
    """A suggestion before it has a number. `said_place`: how the resident put the place, where that says more."""

    words: str
    wish: Wish
    door: Door = field(default_factory=Door)
    said_place: str = ""


def make(office: Office, draft: Draft, *, resident_id: UUID | None, channel: str) -> Suggestion:
    """Give it its number, in the turn's own transaction."""
    row = Suggestion(
        number=rows.next_number(office.session, office.today),
        resident_id=resident_id,
        channel=channel,
        kind=draft.wish.value,
        words=office.seal.close(draft.words),
        created_at=office.now,
        changed_at=office.now,
    )
    home = place.home(office.session, resident_id) if resident_id is not None else None
    community = place.community_of(office.session, home.door if home else Door())
    row.area_id = community.id if community else None
    _put(office, row, draft.door, said=draft.said_place)
    rows.add(office.session, row)
    noted(office, row, What.RECEIVED)
    return row


def add(office: Office, row: Suggestion, words: str) -> None:
    """What the resident says besides. Raises AlreadyDecided."""
    noted(office, open_one(office, row.id, *OPEN), What.ADDED, facts={"said": words})


def add_picture(office: Office, row: Suggestion, media: Mapping[str, str]) -> None:
    """Keep a picture as the platform named it. Raises AlreadyDecided, TooManyPictures."""
    row = open_one(office, row.id, *OPEN)
    if ALBUM.count(office.session, row.id) >= MOST_PICTURES:
        raise TooManyPictures
    ALBUM.add(office.session, row.id, at=office.now, media=office.seal.close_json(media))
    noted(office, row, What.ADDED, facts={"picture": True})


def locate(office: Office, row: Suggestion, door: Door, *, said: str = "", spot: Spot | None = None) -> None:
    """Say where it is. Raises AlreadyDecided."""
    row = open_one(office, row.id, *OPEN)
    _put(office, row, door, said=said, spot=spot)
    noted(office, row, What.PLACED, facts={"said": said} if said else None)


def sort(office: Office, row: Suggestion, wish: Wish, *, by: str = "") -> None:
    """Say of which kind it is. Raises AlreadyDecided."""
    row = open_one(office, row.id, *rows.SHOWN)
    row.kind = wish.value
    noted(office, row, What.SORTED, by=by, facts={"kind": wish.value})


def withdraw(office: Office, row: Suggestion) -> None:
    """Its author takes it back; nobody reads it any more. Raises AlreadyDecided."""
    row = open_one(office, row.id, *OPEN)
    row.state, row.published_at = State.WITHDRAWN.value, None
    noted(office, row, What.WITHDRAWN)


def support(office: Office, row: Suggestion, *, resident_id: UUID, channel: str) -> bool:
    """Me too: one person, one support; False where they support it already. Raises OwnSuggestion, NotPublic."""
    row = rows.locked(office.session, row.id)
    if row.published_at is None or not row.is_open:
        raise NotPublic
    if row.resident_id == resident_id:
        raise OwnSuggestion
    return rows.support(office.session, row.id, resident_id=resident_id, channel=channel, now=office.now)


def alike(office: Office, words: str, besides: UUID | None) -> Suggestion | None:
    """A public suggestion of somebody else's that wants the same, and is not done."""
    found = rows.published(office.session, areas=areas_here(office), state=None, limit=MOST_COMPARED)
    others = (one for one in found if one.is_open and (besides is None or one.resident_id != besides))
    return next((one for one in others if wishes.alike(words, one.heard)), None)


def picture_lost(office: Office, suggestion_id: UUID) -> None:
    """A picture could not be had: its author is asked for another one, and what they send next belongs to it."""
    row = rows.suggestion(office.session, suggestion_id)
    if row is None or row.resident_id is None or not row.is_open:
        return
    lost_picture.ask_again(office, row.resident_id, row.channel, row.number)
    content = {"choices": {}, "memo": {"suggestion": str(row.id)}}
    dialog.ask_if_free(
        office.session,
        resident_id=row.resident_id,
        asks=MORE,
        content=office.seal.close_json(content),
        until=office.now + ASKED_STAYS,
        now=office.now,
    )


def _put(office: Office, row: Suggestion, door: Door, *, said: str = "", spot: Spot | None = None) -> None:
    """What is known of the chart in clear, the resident's own words and spot sealed."""
    address = place.address(office.session, door)
    if address is not None:
        row.compound_id, row.building_id = address.door.compound_id, address.door.building_id
        community = place.community_of(office.session, address.door)
        row.area_id = community.id if community else row.area_id
    kept: dict[str, object] = office.seal.open_json(row.place) if row.place else {}
    if said:
        kept["said"] = said
    if spot is not None:
        kept["spot"] = [spot.lat, spot.lon, spot.label]
    row.place = office.seal.close_json(kept) if kept else None
