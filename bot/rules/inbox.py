"""The inbox as the staff read it: what is due first, words masked, and one ticket with all that may be done to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.nlu.kinds import Trouble
from bot.privacy import masked
from bot.rules import clock
from bot.rules.access import Me
from bot.rules.clock import Light
from bot.rules.office import Office
from bot.store.ticket import State, Urgency, listing
from bot.store.ticket.listing import Found, Holder, InboxRow, View

EXCERPT = 80
MOST_LOOKED_THROUGH = 2000  # sealed words are opened one by one
MOST_FOUND = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One ticket as a line. `share` is how much of its time is used, 0 to 100; `excerpt` is masked."""

    number: str
    trouble: Trouble
    urgency: Urgency
    state: State
    compound: str
    building: str
    excerpt: str
    holder: str
    created_at: datetime
    changed_at: datetime
    due: datetime | None
    share: int
    light: Light


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of a view. `next` names the last line where more follow.

    `partly`: not every open ticket's words were looked through.
    """

    lines: Sequence[Line]
    next: str
    partly: bool = False


def holder_of(me: Me) -> Holder:
    """Whose tickets are theirs."""
    return Holder(me.title, me.contact_id)


def read(
    office: Office,
    me: Me,
    view: View,
    *,
    after: str = "",
    words: str = "",
    plain: str = "",
    kinds: Sequence[Trouble] = (),
    limit: int = 50,
) -> Inbox:
    """A page of a view, or of what is found in it; `plain` are the words as numbers and places are compared."""
    found, partly = _found(office, me, words, plain or words, kinds) if words else (None, False)
    rows = listing.page(
        office.session,
        me.scope,
        view,
        holder=holder_of(me),
        now=office.now,
        limit=limit + 1,
        after=_behind(after),
        found=found,
    )
    shown = rows[:limit]
    more = _name(shown[-1], view) if len(rows) > limit else ""
    return Inbox([_line(office, row) for row in shown], more, partly)


def counts(office: Office, me: Me) -> dict[View, int]:
    return listing.counts(office.session, me.scope, holder=holder_of(me), now=office.now)


def waiting(office: Office, me: Me) -> int:
    """What waits for somebody in their place: their own, or what nobody has taken."""
    view = View.MINE if me.contact_id else View.UNTAKEN
    return listing.count(office.session, me.scope, view, holder=holder_of(me), now=office.now)


def light(due: datetime | None, created_at: datetime, now: datetime, state: State) -> tuple[Light, int]:
    """How the next clock stands by the row alone, and how much of its time is used."""
    if due is None:
        return (Light.PAUSED if state is State.NEEDS_MORE else Light.OFF), 0
    if due < now:
        return Light.BREACHED, 100
    allowed = (due - created_at).total_seconds()
    share = (now - created_at).total_seconds() / allowed if allowed > 0 else 1.0
    return (Light.WARNING if share >= clock.WARNS_AT else Light.RUNNING), max(2, round(100 * share))


def _found(office: Office, me: Me, words: str, plain: str, kinds: Sequence[Trouble]) -> tuple[Found, bool]:
    looked = listing.sealed_words(office.session, me.scope, MOST_LOOKED_THROUGH + 1)
    partly = len(looked) > MOST_LOOKED_THROUGH
    ids: list[UUID] = []
    for ticket_id, sealed in looked[:MOST_LOOKED_THROUGH]:
        if len(ids) < MOST_FOUND and words in office.seal.open(sealed):
            ids.append(ticket_id)
    return Found(plain, [one.value for one in kinds], ids), partly


def _line(office: Office, row: InboxRow) -> Line:
    words = masked(" ".join(office.seal.open(row.words).split())) if row.words else ""
    stands, share = light(row.due_at, row.created_at, office.now, State(row.state))
    return Line(
        number=row.number,
        trouble=Trouble(row.kind),
        urgency=Urgency(row.urgency),
        state=State(row.state),
        compound=row.compound or "",
        building=row.building or "",
        excerpt=words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…",
        holder=row.holder,
        created_at=row.created_at,
        changed_at=row.changed_at,
        due=row.due_at,
        share=share,
        light=stands,
    )


def _name(row: InboxRow, view: View) -> str:
    moment, ticket_id = listing.place_in(row, view)
    return f"{moment.timestamp():.6f}_{ticket_id.hex}"


def _behind(name: str) -> tuple[datetime, UUID] | None:
    """The place a name stands for; whoever makes one up begins at the top."""
    moment, _, ticket_id = name.partition("_")
    try:
        return (datetime.fromtimestamp(float(moment), tz=listing.FAR.tzinfo), UUID(ticket_id)) if name else None
    except (ValueError, OverflowError, OSError):
        return None
