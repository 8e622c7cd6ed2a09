"""A platform that runs: its server listens, and stops when whoever started it leaves."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self


class Serves(Protocol):
    """What answers at the platform's address."""

    async def start(self, port: int) -> None: ...

    async def stop(self) -> None: ...


class Running:
    """`async with await Platform.start(…) as platform` stops it in the end; whoever inherits makes `_server`."""

    _server: Serves

    async def stop(self) -> None:
        await self._server.stop()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
