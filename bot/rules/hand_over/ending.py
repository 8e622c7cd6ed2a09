"""How a conversation goes back to the bot by itself: nobody answered in time, or nobody says anything any more."""

from datetime import timedelta
from enum import StrEnum

from bot.rules.hand_over import duty
from bot.rules.hand_over.talk import ENDED, STAFF_TOLD
from bot.rules.office import Office
from bot.store import hand_over as rows
from bot.store.hand_over import HandOver, Owner

AT_ONCE = 100  # ended in one go
STILL_TRUE = timedelta(hours=1)  # so long the resident is told of it


class Ended(StrEnum):
    """Why it ended."""

    DONE = "done"  # the staff gave it back
    LEFT = "left"  # the resident did
    UNANSWERED = "unanswered"
    IDLE = "idle"


def lapse(office: Office) -> int:
    """Let those whose time is over go back to the bot, each with a sentence; returns how many.

    What nobody answered stays with the staff as a request.
    """
    found = rows.lapsed(office.session, office.now, AT_ONCE)
    for row in found:
        if row.waits_since is None:
            end(office, row, Ended.IDLE)
        else:
            leave_word(office, row)
            say_ended(office, row, Ended.UNANSWERED)
    return len(found)


def end(office: Office, row: HandOver, why: Ended) -> None:
    """It is the bot's again; the resident is told where they do not say so themselves."""
    was_live = row.live
    row.owner, row.open_for, row.live = Owner.BOT.value, None, False
    row.waits_since = row.until = None
    row.changed_at = office.now
    office.session.add(row)
    office.session.flush()
    if was_live and why is not Ended.LEFT:
        say_ended(office, row, why)


def leave_word(office: Office, row: HandOver) -> None:
    """The bot goes on; the staff still have to answer, and hear so."""
    row.owner, row.staff_id, row.live, row.until = Owner.NOBODY.value, None, False, None
    row.changed_at = office.now
    office.session.add(row)
    office.session.flush()
    on_duty = duty.duty(office, row.resident_id)
    duty.tell(office, on_duty.attendants, STAFF_TOLD, {"why": Ended.UNANSWERED.value})


def say_ended(office: Office, row: HandOver, why: Ended) -> None:
    """Tell the resident that the bot answers from now on, and why."""
    until = (office.now + STILL_TRUE).isoformat()
    duty.post_one(office, row.resident_id, row.channel, ENDED, {"why": why.value, "until": until})
