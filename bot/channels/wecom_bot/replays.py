"""What was delivered before: a platform repeats at once, somebody who listened on the way repeats later."""

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.channels import Rejected

RETRIES = timedelta(seconds=60)
MOST = 4096


class Seen:
    """The signatures of the last requests, each with the moment it came first."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, datetime] = OrderedDict()

    def check(self, signature: str, now: datetime) -> None:
        """Raises Rejected for the very request of more than a minute ago; until then it is a retry."""
        first = self._seen.setdefault(signature, now)
        if now - first > RETRIES:
            raise Rejected(403, "replayed")
        while len(self._seen) > MOST:
            self._seen.popitem(last=False)
