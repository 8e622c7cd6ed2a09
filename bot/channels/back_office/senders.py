"""Every way out by its name, with one session for all."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.channels.back_office.files import Files
from bot.channels.back_office.http import CALL_SECONDS, Http
from bot.channels.back_office.letter import Letters
from bot.channels.back_office.open311.client import Open311
from bot.channels.back_office.webhook import Webhook
from bot.rules.forwarding.values import Failed, Job, News, Outcome, Target
from bot.store.forwarding import Way


class Senders:
    """Sends a job by its destination's own way, and fetches what a destination says."""

    def __init__(self, now: Callable[[], datetime], seconds: float = CALL_SECONDS) -> None:
        self._http = Http(seconds)
        self._open311 = Open311(self._http)
        self._webhook = Webhook(self._http, now)
        self._letters = Letters(seconds)
        self._files = Files(now)

    async def open(self) -> None:
        await self._http.open()

    async def close(self) -> None:
        await self._http.close()

    async def send(self, jobs: Sequence[Job]) -> list[Outcome]:
        """Jobs of one destination, in their order; what came of each."""
        way = jobs[0].target.way
        if way is Way.CSV:
            return await self._files.send(jobs)
        one = {Way.OPEN311: self._open311.send, Way.WEBHOOK: self._webhook.send, Way.EMAIL: self._letters.send}[way]
        return [await one(job) for job in jobs]

    async def news(
        self, target: Target, since: datetime, until: datetime, known: Sequence[str]
    ) -> list[tuple[str, News]] | Failed:
        """What a destination says since then, each with its own number of the request."""
        return await self._open311.news(target, since, until, known)
