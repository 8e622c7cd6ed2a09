"""The access token in the store: one row that all workers share, sealed."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Any

from bot.privacy import Seal
from bot.store import Session, platform_token


class SharedTokens:
    """Reads and writes the row through `run`, which does work in a transaction."""

    def __init__(self, run: Callable[[Callable[[Session], Any]], "Future[Any]"], seal: Seal, app_id: str) -> None:
        self._run = run
        self._seal = seal
        self._app_id = app_id

    async def get(self) -> tuple[str, datetime] | None:
        """The token with its end, or None."""

        def read(session: Session) -> tuple[bytes, datetime] | None:
            row = platform_token.of(session, self._app_id)
            return (row.token, row.expires_at) if row else None

        found = await asyncio.wrap_future(self._run(read))
        return (self._seal.open(found[0]), found[1]) if found else None

    async def put(self, token: str, expires_at: datetime) -> None:
        sealed = self._seal.close(token)
        await asyncio.wrap_future(
            self._run(
                lambda session: platform_token.keep(session, app_id=self._app_id, token=sealed, expires_at=expires_at)
            )
        )
