"""Whether a product can answer messages at this moment, and how much waits in it, for the operator's figures."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.desk import Desk
from bot.store import Session, forwarding, group, outbox
from bot.web.health import Metrics

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Soundness:
    """Asks the desk; what it has not said within `seconds` counts as no answer."""

    desk: Desk
    metrics: Metrics
    seconds: float

    async def why_not_ready(self) -> str:
        """The reason, or "" when messages can be answered."""
        try:
            await self._asked(outbox.by_state)
        except TimeoutError:
            return f"the desk does not answer within {self.seconds:g} seconds"
        except Exception as error:  # whatever the store raises is the reason
            return f"the store is not usable: {type(error).__name__}"
        return ""

    async def count(self) -> None:
        """Set the figures of what waits."""
        try:
            notices = await self._asked(outbox.by_state)
            forwards = await self._asked(forwarding.by_state)
            posts = await self._asked(group.by_state)
        except Exception:  # the figures that are known are still worth showing
            return
        for stood in outbox.State:
            self.metrics.outbox.labels(stood.value).set(notices.get(stood.value, 0))
        for forward in forwarding.State:
            self.metrics.forwards.labels(forward.value).set(forwards.get(forward.value, 0))
        for post in group.PostState:
            self.metrics.groups.labels(post.value).set(posts.get(post.value, 0))

    async def _asked(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wait_for(asyncio.wrap_future(self.desk.run(work)), self.seconds)
