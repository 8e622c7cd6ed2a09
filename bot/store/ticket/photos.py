"""The pictures of tickets, as an album that the fetching of pictures knows."""

from bot.store.album import LEASE, Album, Claimed
from bot.store.ticket.tables import TicketPicture

__all__ = ["ALBUM", "LEASE", "Claimed", "claim"]

ALBUM = Album("ticket", TicketPicture.__table__, "ticket_id")  # type: ignore[attr-defined]
claim = ALBUM.claim
