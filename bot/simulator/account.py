"""The simulated service account: the credentials and the place its pushes go to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class Mode(StrEnum):
    """How pushes are encrypted."""

    PLAIN = "plain"
    COMPAT = "compat"
    SECURE = "secure"


@dataclass(frozen=True, slots=True)
class Account:
    """What the account's console holds. `verified`: has the proactive APIs; `formal`: not a test account."""

    webhook_url: str
    token: str
    app_id: str
    app_secret: str
    aes_key: str | None = None
    mode: Mode = Mode.PLAIN
    name: str = ""
    original_id: str = "gh_5a1e2f3c4b6d"
    verified: bool = True
    formal: bool = True

    def __post_init__(self) -> None:
        """Raises ValueError where the console would not save the settings."""
        if self.aes_key is not None and not re.fullmatch(r"[A-Za-z0-9]{43}", self.aes_key):
            raise ValueError("the AES key has 43 letters and digits")
        if self.mode is not Mode.PLAIN and self.aes_key is None:
            raise ValueError(f"{self.mode} mode needs an AES key")
        if not re.fullmatch(r"[A-Za-z0-9]{3,32}", self.token):
            raise ValueError("the token has 3 to 32 letters and digits")

    def changed(
        self,
        *,
        webhook_url: str | None = None,
        token: str | None = None,
        aes_key: str | None = None,
        mode: Mode | str | None = None,
        verified: bool | None = None,
    ) -> Account:
        """The account after its owner saved new settings; None leaves a field as it is."""
        return replace(
            self,
            webhook_url=self.webhook_url if webhook_url is None else webhook_url,
            token=self.token if token is None else token,
            aes_key=self.aes_key if aes_key is None else aes_key,
            mode=self.mode if mode is None else Mode(mode),
            verified=self.verified if verified is None else verified,
        )
