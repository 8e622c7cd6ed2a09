"""Where the knowledge base is thin: what nobody could answer, gathered; and past messages to try a change on."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.nlu import Understander
from bot.nlu.gaps import gather
from bot.rules.office import Office
from bot.store import inbox, missed

LOOKS_BACK = timedelta(days=30)
MOST_MISSED, MOST_GAPS = 3000, 60
MOST_WAYS = 12  # of one gap that go into a new entry
MOST_REPLAYED = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """One message nobody could answer, masked. `taken`: what was meant, or what the staff said of it."""

    id: UUID
    at: datetime
    text: str
    guess: str
    taken: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that was asked in several ways. `guess`: the best one; `meant`: what people chose then."""

    rows: tuple[UUID, ...]
    texts: tuple[str, ...]
    size: int
    last: datetime
    guess: str
    meant: tuple[tuple[str, int], ...]
    not_ours: bool


def asked(office: Office) -> list[Asked]:
    """What was missed of late, oldest first."""
    found = missed.newest(office.session, office.now - LOOKS_BACK, MOST_MISSED)
    return [Asked(row.id, row.at, row.text, str(row.guesses[0][0]) if row.guesses else "", row.taken) for row in found]


def gaps(found: Sequence[Asked], now_knows: Understander, now: datetime) -> list[Gap]:
    """Them in groups, the largest first, without those that are answered by now."""
    groups = gather([one.text for one in found])
    told = (_gap([found[number] for number in group.texts]) for group in groups[: 2 * MOST_GAPS])
    return [gap for gap in told if now_knows.understand(gap.texts[0], now).target is None][:MOST_GAPS]


def ways(office: Office, ids: Collection[UUID]) -> list[str]:
    """The different ways in which these were asked."""
    return list(dict.fromkeys(row.text for row in missed.of(office.session, list(ids)[:MOST_WAYS])))


def set_aside(office: Office, ids: Collection[UUID], *, ours: bool) -> int:
    """They are nothing for the community to answer, or are after all; returns how many."""
    return missed.set_aside(office.session, ids, "" if ours else missed.NOT_OURS)


def past_messages(office: Office) -> list[tuple[bytes, datetime]]:
    """What people typed last, sealed, each with its local moment."""
    found = inbox.newest_texts(office.session, office.now - LOOKS_BACK, MOST_REPLAYED)
    return [(said, at.astimezone(office.zone)) for said, at in found]


def _gap(members: Sequence[Asked]) -> Gap:
    answers = (missed.NOT_OURS, missed.NONE_OF_THEM, "")
    meant = Counter(one.taken for one in members if one.taken not in answers)
    return Gap(
        rows=tuple(one.id for one in members),
        texts=tuple(dict.fromkeys(one.text for one in members)),
        size=len(members),
        last=max(one.at for one in members),
        guess=members[0].guess,
        meant=tuple(meant.most_common(3)),
        not_ours=any(one.taken == missed.NOT_OURS for one in members),
    )
