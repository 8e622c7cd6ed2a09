"""What the bot's page in the console holds: its credentials, and how it is reached."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BotKeys:
    """A bot has one way only: with a `callback_url` it is called there, without it waits for a long connection."""

    bot_id: str
    name: str
    callback_url: str = ""
    token: str = ""
    aes_key: str = ""
    secret: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError where the console would not save the settings."""
        if bool(self.callback_url) == bool(self.secret):
            raise ValueError("a bot has a callback or a secret, not both and not neither")
        if self.callback_url and not re.fullmatch(r"[A-Za-z0-9]{43}", self.aes_key):
            raise ValueError("the AES key has 43 letters and digits")
        if self.callback_url and not re.fullmatch(r"[A-Za-z0-9]{1,32}", self.token):
            raise ValueError("the token has at most 32 letters and digits")
