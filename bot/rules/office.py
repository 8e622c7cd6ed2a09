"""What the rules of every capability work with: the transaction, the seal, and the moment."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.privacy import Seal
from bot.rules.means import Means
from bot.store import Session


@dataclass(frozen=True, slots=True)
class Office:
    """The transaction and the moment in which something is done.

    `means`: by which templates residents can be reached.
    """

    session: Session
    seal: Seal
    zone: ZoneInfo
    now: datetime
    means: Means = field(default_factory=Means)

    @property
    def today(self) -> date:
        """The day in the community's own time zone."""
        return self.now.astimezone(self.zone).date()
