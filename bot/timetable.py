"""Every chore with its hour, on one page; the only home of apscheduler."""

from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

GRACE_SECONDS = 300
Chore = Callable[[], Awaitable[object]]


class Timetable:
    """Ticks only: what is to be done stands in rows, so a tick may be missed or come twice."""

    def __init__(self, *, sweep_outbox: Chore, forget_old: Chore, zone: ZoneInfo) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=zone, job_defaults={"misfire_grace_time": GRACE_SECONDS, "coalesce": True, "max_instances": 1}
        )
        every = self._scheduler.add_job
        every(sweep_outbox, IntervalTrigger(minutes=1), id="sweep_outbox")
        every(forget_old, CronTrigger(hour=3, minute=30, timezone=zone), id="forget_old")

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
