"""Every chore with its hour, on one page; the only home of apscheduler."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot import delivery
from bot.rules import (
    activity,
    aid,
    alarm,
    assistant,
    booking,
    call,
    course,
    group,
    hand_over,
    lecture,
    lesson_push,
    recount,
    retention,
    study,
    ticket,
    volunteer,
)
from bot.rules.forwarding import sending
from bot.rules.locker import care as locker_care
from bot.rules.locker import line as locker_line
from bot.rules.office import Office

GRACE_SECONDS = 300
Work = Callable[[Office], object]


@dataclass(frozen=True, slots=True)
class Chore:
    """What is to be done, and when. The work is one transaction."""

    name: str
    when: BaseTrigger
    work: Work


def chores(zone: ZoneInfo) -> tuple[Chore, ...]:
    """All of them. What is to be done stands in rows: a tick may be missed, come twice, or come to two workers."""
    daily = partial(CronTrigger, timezone=zone)
    return (
        Chore("sweep_outbox", IntervalTrigger(minutes=1), delivery.sweep),
        Chore("call_list", IntervalTrigger(minutes=5), call.fill),
        Chore("late_tickets", IntervalTrigger(minutes=1), alarm.look),
        Chore("group_posts", IntervalTrigger(minutes=1), group.sweep),
        Chore("lost_forwards", IntervalTrigger(minutes=1), sending.sweep),
        Chore("booking_reminders", IntervalTrigger(minutes=5), booking.remind),
        Chore("waiting_lists", IntervalTrigger(minutes=1), booking.offer_all),
        Chore("activity_reminders", IntervalTrigger(minutes=5), activity.remind),
        Chore("activity_waiting", IntervalTrigger(minutes=1), activity.offer_all),
        Chore("activities_over", IntervalTrigger(minutes=5), activity.close_ended),
        Chore("courses_over", IntervalTrigger(minutes=5), course.close_ended),
        Chore("shifts_made", IntervalTrigger(hours=1), volunteer.generate),
        Chore("shifts_short", IntervalTrigger(minutes=5), volunteer.alarm),
        Chore("volunteer_hours", IntervalTrigger(minutes=5), volunteer.credit),
        Chore("lesson_pictures", IntervalTrigger(minutes=1), study.tell),
        Chore("push_plans", IntervalTrigger(minutes=1), lesson_push.run_due),
        Chore("study_hours", IntervalTrigger(minutes=5), study.count),
        Chore("lecturers_news", IntervalTrigger(minutes=5), lecture.tell_news),
        Chore("aid_over", IntervalTrigger(hours=1), aid.end_old),
        Chore("late_doors", IntervalTrigger(seconds=10), locker_line.late),
        Chore("locker_holds", IntervalTrigger(minutes=1), locker_care.tidy),
        Chore("locker_reminders", IntervalTrigger(minutes=5), locker_care.remind),
        Chore("dead_cabinets", IntervalTrigger(minutes=5), locker_care.watch),
        Chore("hand_overs", IntervalTrigger(seconds=30), hand_over.lapse),
        Chore("recount_due", IntervalTrigger(minutes=1), recount.go_on),
        Chore("late_assistant_answers", IntervalTrigger(minutes=1), assistant.tidy),
        Chore("absent_holders", IntervalTrigger(minutes=5), ticket.move_from_absent),
        Chore("close_unrated", IntervalTrigger(hours=1), ticket.close_unrated),
        Chore("forget_old", daily(hour=3, minute=30), retention.forget_old),
    )


class Timetable:
    """The clock that starts the chores."""

    def __init__(self, do: Callable[[Work], Awaitable[object]], zone: ZoneInfo) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=zone, job_defaults={"misfire_grace_time": GRACE_SECONDS, "coalesce": True, "max_instances": 1}
        )
        for chore in chores(zone):
            self._scheduler.add_job(do, chore.when, args=(chore.work,), id=chore.name)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
