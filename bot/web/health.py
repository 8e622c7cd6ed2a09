"""Seen from outside: liveness, readiness with the reason, and the figures for Prometheus."""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.desk import Slip

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
Check = Callable[[], Awaitable[str]]


class Metrics:
    """The product's counters, in a registry of their own; the table of them is docs/deploy.md."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # the library types it by comment only
        self.registry = CollectorRegistry()
        self.messages = Counter(
            "weizhan_messages", "Messages by kind and outcome", ["kind", "outcome"], registry=self.registry
        )
        self.wait_seconds = self._histogram("weizhan_desk_wait_seconds", "From the queue to the desk")
        self.turn_seconds = self._histogram("weizhan_desk_turn_seconds", "A turn at the desk, without its commit")
        self.hook_seconds = self._histogram("weizhan_webhook_seconds", "A callback, from its first byte to the reply")
        self.late = Counter("weizhan_late_replies", "Replies that went out as a message", registry=self.registry)
        self.refused = Counter("weizhan_refused", "Callbacks refused, by status", ["status"], registry=self.registry)
        self.calls = Counter(
            "weizhan_platform_calls",
            "Calls of the platform by address and errcode",
            ["path", "errcode"],
            registry=self.registry,
        )
        self.cabinets = Counter(
            "weizhan_cabinet_messages",
            "Messages of cabinets by type and outcome",
            ["type", "outcome"],
            registry=self.registry,
        )
        self.forwards = Gauge("weizhan_forwards", "Tickets on their way, by state", ["state"], registry=self.registry)
        self.groups = Gauge("weizhan_group_posts", "Posts to groups by state", ["state"], registry=self.registry)
        self.outbox = Gauge("weizhan_outbox", "Notices by state", ["state"], registry=self.registry)
        self.assistant_line = Gauge(
            "weizhan_assistant_line", "How the group assistant's line stands", ["stand"], registry=self.registry
        )
        self.assistant_late = Counter(
            "weizhan_assistant_late", "Late answers by what became of them", ["state"], registry=self.registry
        )
        self.assistant_feedback = Counter(
            "weizhan_assistant_feedback", "What people thought of answers", ["type"], registry=self.registry
        )

    def answered(self, slips: Sequence[Slip]) -> None:
        """Count a batch after its commit."""
        for slip in slips:
            outcome = slip.answered.outcome if slip.answered else "failed"
            self.messages.labels(slip.message.kind.value, outcome).inc()
            self.wait_seconds.observe(slip.waited)
            self.turn_seconds.observe(slip.took)

    def _histogram(self, name: str, about: str) -> Histogram:
        return Histogram(name, about, buckets=_SECONDS, registry=self.registry)


class Health:
    """`/healthz`, `/readyz`, `/metrics`."""

    def __init__(self, metrics: Metrics, ready: Check, refresh: Callable[[], Awaitable[None]]) -> None:
        self._metrics = metrics
        self._ready = ready
        self._refresh = refresh

    async def alive(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(self, _request: web.Request) -> web.Response:
        """503 with the reason while the store or the knowledge base is not usable."""
        reason = await self._ready()
        return web.Response(text=(reason or "ready") + "\n", status=503 if reason else 200)

    async def metrics(self, _request: web.Request) -> web.Response:
        await self._refresh()
        return web.Response(body=generate_latest(self._metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
