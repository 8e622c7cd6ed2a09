"""The notice that asks for a picture again which could not be had, whatever it belonged to."""

from uuid import UUID

from bot.rules.office import Office
from bot.store import outbox

LOST = "picture_lost"


def ask_again(office: Office, resident_id: UUID, channel: str, name: str) -> None:
    """Ask its author for another one; `name` is the number or title of what it belongs to."""
    outbox.put(
        office.session,
        resident_id=resident_id,
        channel=channel,
        kind=LOST,
        facts=office.seal.close_json({"number": name}),
        now=office.now,
        due_at=office.now,
    )
