"""The corporation and its app: the credentials and the place its callbacks go to."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Corp:
    """What the app's page in the corporation's console holds."""

    callback_url: str
    corp_id: str
    agent_id: int
    secret: str
    token: str
    aes_key: str
    name: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError where the console would not save the settings."""
        if not re.fullmatch(r"[A-Za-z0-9]{43}", self.aes_key):
            raise ValueError("the AES key has 43 letters and digits")
        if not re.fullmatch(r"[A-Za-z0-9]{1,32}", self.token):
            raise ValueError("the token has at most 32 letters and digits")
