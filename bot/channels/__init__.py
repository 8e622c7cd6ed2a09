"""Wire formats: what a platform sends becomes a Message, a Reply becomes what it wants to hear."""


class Rejected(Exception):
    """A request that is not a message of ours: `status` is 400 (malformed) or 403 (not from the platform)."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
