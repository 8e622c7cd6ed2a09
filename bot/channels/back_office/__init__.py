"""Ways to the back offices of others: Open311, signed webhooks, letters, files. Each sends a job and says what came."""

from bot.channels.back_office.senders import Senders

__all__ = ["Senders"]
