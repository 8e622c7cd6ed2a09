"""What the assistant knows beside its files: entries of the staff, and what the community has today, by name."""

from collections.abc import Callable, Sequence

from bot.nlu import Entry, Live, Thing
from bot.rules import activity, bulletin, course
from bot.rules.office import Office
from bot.store import bulletin as bulletins
from bot.store import edition, knowledge, place
from bot.store.knowledge import KnowledgeEntry
from bot.store.shelf import WORDS

Things = Callable[[Office], Sequence[Thing]]
Mark = tuple[int, int]
THINGS: tuple[Things, ...] = (activity.things, course.things)  # a capability whose things have names adds its own


def mark(office: Office) -> Mark:
    """Another one after each change of what is live, by somebody's hand or by time alone."""
    return edition.mark(office.session, WORDS), bulletins.turns(office.session, office.now)


def live(office: Office) -> Live:
    """All of it at this moment."""
    own = knowledge.entries(office.session)
    return Live(
        things=tuple(thing for named in THINGS for thing in named(office)),
        entries=(*bulletin.entries(office), *course.entries(office), *(as_entry(row) for row in own if not row.hidden)),
        hidden=frozenset(row.id for row in own if row.hidden),
        places=frozenset(place.known_names(office.session)),
    )


def as_entry(row: KnowledgeEntry) -> Entry:
    """A row in the shape of the files."""
    return Entry(
        id=row.id,
        question=row.question,
        ask=tuple(row.ask),
        answer=row.answer,
        source=row.source,
        reviewed=row.reviewed,
        expires=row.expires,
        actions=tuple(row.actions),
        related=tuple(row.related),
        topic=row.topic,
    )
