"""The name under which somebody's vote stands: it prevents a second vote, and leads to nobody."""

from uuid import UUID

from bot.rules.office import Office
from bot.store import poll as rows

HASH = "poll"


def voter(office: Office, poll_id: UUID, resident_id: UUID) -> str:
    """The same for a person each time, another in each poll."""
    return office.seal.keyed_hash(f"{poll_id} {resident_id}", HASH)


def join(office: Office, *, into: UUID, other: UUID) -> None:
    """Two people turn out to be one, who has one vote in what is still open."""
    for row in rows.running(office.session, office.now):
        old, new = voter(office, row.id, other), voter(office, row.id, into)
        rows.join(office.session, row.id, old=old, new=new)
