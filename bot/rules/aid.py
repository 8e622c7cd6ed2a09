"""Neighbours help each other: posts are looked at before they are shown, and nobody's telephone goes on unasked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.rules.activity import areas_here
from bot.rules.office import Office
from bot.store import aid as rows
from bot.store import outbox
from bot.store.aid import AidKind, AidMatch, AidPost, AidState, MatchState

LASTS = timedelta(days=14)
MOST_RUNNING = 3  # posts of one resident at a time
MOST_SHOWN = 5


@dataclass(eq=False)
class TooManyPosts(Refusal):
    """One resident may not fill the board."""

    most: int


class PostGone(Refusal):
    """It is closed by now, or never was to be seen."""


class OwnPost(Refusal):
    """Nobody helps themselves here."""


class HandHeldOut(Refusal):
    """They have answered this post before."""


class WordsMissing(Refusal):
    """What neighbours shall read has to be written first."""


def post(office: Office, kind: AidKind, told: Mapping[str, str], *, resident_id: UUID, channel: str) -> AidPost:
    """A post that waits for the staff; `told`: what, when, where, phone. Raises TooManyPosts."""
    if rows.count_of(office.session, resident_id, running=True) >= MOST_RUNNING:
        raise TooManyPosts(MOST_RUNNING)
    areas = areas_here(office)
    row = AidPost(
        kind=kind.value,
        resident_id=resident_id,
        channel=channel,
        area_id=next(iter(areas)) if areas and len(areas) == 1 else None,
        said=office.seal.close_json(dict(told)),
        ends_at=office.now + LASTS,
        created_at=office.now,
        changed_at=office.now,
    )
    rows.add(office.session, row)
    return row


def told_in(office: Office, row: AidPost) -> Mapping[str, str]:
    """What its author told; empty once they are gone."""
    return {name: str(value) for name, value in office.seal.open_json(row.said).items()} if row.said else {}


def shown(office: Office) -> Sequence[AidPost]:
    """What neighbours may read."""
    return rows.shown(office.session, office.now, areas=areas_here(office), limit=MOST_SHOWN)


def one(office: Office, post_id: UUID) -> AidPost:
    """A post that is to be seen. Raises PostGone."""
    row = rows.locked(office.session, post_id)
    if row.state != AidState.OPEN or row.ends_at <= office.now:
        raise PostGone
    return row


def approve(office: Office, row: AidPost, words: str) -> None:
    """Neighbours read these words of it from now on; its author hears so. Raises WordsMissing, PostGone."""
    if not words.strip():
        raise WordsMissing
    _pending(office, row)
    row.shown, row.ends_at = words.strip(), office.now + LASTS
    _becomes(office, row, AidState.OPEN)
    _tell_author(office, row, "aid_shown", {"words": row.shown, "days": LASTS.days})


def refuse(office: Office, row: AidPost, reason: str) -> None:
    """It is not shown, and why. Raises WordsMissing, PostGone."""
    if not reason.strip():
        raise WordsMissing
    _pending(office, row)
    _becomes(office, row, AidState.REFUSED)
    _tell_author(office, row, "aid_refused", {"reason": reason.strip()})


def close(office: Office, post_id: UUID) -> None:
    """Its author needs it no more, or the staff take it down."""
    row = rows.locked(office.session, post_id)
    if row.state in rows.RUNNING:
        _end(office, row, AidState.CLOSED)


def end_old(office: Office) -> int:
    """Posts end after their time; their authors hear so. Returns how many."""
    found = rows.ended(office.session, office.now)
    for row in found:
        _end(office, row, AidState.EXPIRED)
        _tell_author(office, row, "aid_over", {"words": row.shown})
    return len(found)


def hold_out(office: Office, post_id: UUID, *, resident_id: UUID, channel: str, phone: str) -> AidMatch:
    """Somebody answers a post and agrees that their telephone goes to its author, once they want it.

    Raises PostGone, OwnPost, HandHeldOut.
    """
    row = one(office, post_id)
    if row.resident_id == resident_id:
        raise OwnPost
    if rows.match_of(office.session, row.id, resident_id) is not None:
        raise HandHeldOut
    match = AidMatch(
        post_id=row.id,
        resident_id=resident_id,
        channel=channel,
        said=office.seal.close_json({"phone": phone}),
        created_at=office.now,
        changed_at=office.now,
    )
    rows.add(office.session, match)
    _tell_author(office, row, "aid_offered", {"words": row.shown, "kind": row.kind})
    return match


def answer(office: Office, author_id: UUID, *, agrees: bool) -> AidPost | None:
    """The author's word on the hand that was held out first: with a yes both learn the other's telephone.

    None where nobody waits for it. Raises PostGone where the post ended at that very moment.
    """
    waiting = rows.asked_of(office.session, author_id)
    if not waiting:
        return None
    match, row = waiting[0]
    if rows.locked(office.session, row.id).state != AidState.OPEN:
        raise PostGone
    match.state = (MatchState.AGREED if agrees else MatchState.DECLINED).value
    match.changed_at = office.now
    if agrees:
        theirs = office.seal.open_json(match.said)["phone"] if match.said else ""
        _tell_author(office, row, "aid_matched", {"words": row.shown, "phone": theirs})
        _tell_hand(office, match, "aid_matched", {"words": row.shown, "phone": told_in(office, row).get("phone", "")})
    else:
        _tell_hand(office, match, "aid_declined", {"words": row.shown})
    return row


def _pending(office: Office, row: AidPost) -> None:
    """Lock a post that the staff have in hand. Raises PostGone where somebody was quicker."""
    if rows.locked(office.session, row.id).state != AidState.PENDING:
        raise PostGone


def _end(office: Office, row: AidPost, state: AidState) -> None:
    """Whoever waits for an answer hears that there will be none."""
    for match in rows.answers(office.session, row.id):
        if match.state == MatchState.ASKED:
            match.state, match.changed_at = MatchState.OVER.value, office.now
            _tell_hand(office, match, "aid_declined", {"words": row.shown})
    row.ends_at = office.now
    _becomes(office, row, state)


def _becomes(office: Office, row: AidPost, state: AidState) -> None:
    row.state, row.changed_at = state.value, office.now
    office.session.flush()


def _tell_author(office: Office, row: AidPost, kind: str, facts: Mapping[str, object]) -> None:
    _tell(office, row.resident_id, row.channel, kind, facts)


def _tell_hand(office: Office, match: AidMatch, kind: str, facts: Mapping[str, object]) -> None:
    _tell(office, match.resident_id, match.channel, kind, facts)


def _tell(office: Office, resident_id: UUID | None, channel: str, kind: str, facts: Mapping[str, object]) -> None:
    if resident_id is not None:
        outbox.put(
            office.session,
            resident_id=resident_id,
            channel=channel,
            kind=kind,
            facts=office.seal.close_json(facts),
            now=office.now,
            due_at=office.now,
        )
