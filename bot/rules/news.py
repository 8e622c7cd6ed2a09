"""What may be told to a resident, kind by kind: how soon, how surely, and by which template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.rules.means import Form

DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Policy:
    """How one kind of news is told.

    `form` is the template that can carry it, `urgent` lets it pass the quiet hours. News that did not arrive within
    `call_after` go on the staff's call list; without it they wait for the next contact.
    """

    form: Form | None = None
    urgent: bool = False
    call_after: timedelta | None = None

    @property
    def must_arrive(self) -> bool:
        return self.call_after is not None


WAITS = Policy()  # of a kind that nothing is said of here
POLICIES: Mapping[str, Policy] = {
    "late_reply": Policy(urgent=True),
    "hand_over_said": Policy(urgent=True, call_after=DAY),
    "hand_over_ended": Policy(urgent=True),
    "kf_back": Policy(urgent=True),
    "ticket_taken": Policy(Form.TICKET),
    "ticket_scheduled": Policy(Form.TICKET, call_after=timedelta(hours=4)),
    "ticket_asked": Policy(Form.TICKET, call_after=timedelta(hours=4)),
    "ticket_answered": Policy(Form.TICKET, call_after=DAY),
    "ticket_solved": Policy(Form.TICKET, call_after=2 * DAY),
    "ticket_elsewhere": Policy(Form.TICKET, call_after=DAY),
    "ticket_not_ours": Policy(Form.TICKET, call_after=DAY),
    "ticket_reopened": Policy(Form.TICKET),
    "booking_tomorrow": Policy(Form.BOOKING, call_after=timedelta(hours=2)),
    "booking_soon": Policy(Form.BOOKING, urgent=True),
    "booking_orphaned": Policy(Form.BOOKING, call_after=timedelta(hours=4)),
    "booking_reassigned": Policy(Form.BOOKING, call_after=timedelta(hours=4)),
    "booking_offered": Policy(Form.BOOKING),
    "booking_made": Policy(Form.BOOKING, call_after=timedelta(hours=2)),
    "booking_moved": Policy(Form.BOOKING, call_after=timedelta(hours=2)),
    "booking_cancelled": Policy(Form.BOOKING, call_after=timedelta(hours=2)),
    "activity_tomorrow": Policy(Form.NOTICE),
    "activity_soon": Policy(Form.NOTICE, urgent=True),
    "activity_moved": Policy(Form.NOTICE, call_after=timedelta(hours=4)),
    "activity_cancelled": Policy(Form.NOTICE, call_after=timedelta(hours=4)),
    "activity_offered": Policy(Form.NOTICE),
    "shift_wanted": Policy(Form.NOTICE),
    "shift_offered": Policy(Form.NOTICE),
    "shift_taken": Policy(Form.NOTICE, call_after=timedelta(hours=4)),
    "volunteer_paused": Policy(call_after=DAY),
    "lecture_asked": Policy(call_after=DAY),
    "lecture_refused": Policy(call_after=2 * DAY),
    "lecture_accepted": Policy(Form.NOTICE, call_after=DAY),
    "lecture_when": Policy(Form.NOTICE, call_after=timedelta(hours=4)),
    "lecture_tomorrow": Policy(Form.NOTICE, call_after=timedelta(hours=2)),
    "replay_ready": Policy(Form.LESSON),
    "live_soon": Policy(Form.LESSON, urgent=True),
    "course_moved": Policy(Form.NOTICE, call_after=timedelta(hours=4)),
    "course_cancelled": Policy(Form.NOTICE, call_after=timedelta(hours=4)),
    "lesson_push": Policy(Form.LESSON),
    "member_agreed": Policy(Form.NOTICE),
    "member_refused": Policy(Form.NOTICE),
    "suggestion_answered": Policy(Form.TICKET, call_after=2 * DAY),
    "suggestion_adopted": Policy(Form.TICKET, call_after=2 * DAY),
    "suggestion_not_adopted": Policy(Form.TICKET, call_after=2 * DAY),
    "suggestion_done": Policy(Form.TICKET, call_after=2 * DAY),
    "suggestion_passed_on": Policy(Form.TICKET, call_after=2 * DAY),
    "suggestion_published": WAITS,
    "entry_shown": WAITS,
    "entry_sent_back": Policy(call_after=2 * DAY),
    "contest_results": Policy(call_after=2 * DAY),
    "aid_offered": Policy(call_after=DAY),
    "aid_matched": Policy(call_after=DAY),
    "locker_opened": Policy(urgent=True),
    "locker_not_opened": Policy(urgent=True),
    "locker_unasked": Policy(urgent=True, call_after=timedelta(minutes=30)),
    "locker_guessing": Policy(urgent=True),
    "locker_stored": Policy(urgent=True, call_after=DAY),  # whoever put it in stands there and waits for the code
    "locker_may_we": Policy(urgent=True),
    "locker_may": Policy(urgent=True),
    "locker_may_not": Policy(urgent=True),
    "locker_no_answer": Policy(urgent=True),
    "locker_put_in": Policy(urgent=True),
    "locker_empty": Policy(urgent=True),
    "locker_left_behind": Policy(call_after=timedelta(hours=4)),
    "locker_overdue": Policy(call_after=DAY),
    "locker_removed": Policy(call_after=DAY),
}


def policy(kind: str) -> Policy:
    """How news of that kind are told."""
    return POLICIES.get(kind, WAITS)
