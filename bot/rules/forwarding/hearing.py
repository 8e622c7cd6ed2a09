"""What a destination says of a ticket: heard once, in its own order of time, and told to the resident."""

from enum import StrEnum

from bot.rules import ticket
from bot.rules.forwarding.values import FINAL, News, Stage
from bot.rules.office import Office
from bot.rules.ticket import By
from bot.rules.ticket.office import REOPENS
from bot.rules.ticket.staff import NOT_TAKEN
from bot.store import forwarding
from bot.store import ticket as tickets
from bot.store.contact import Role
from bot.store.forwarding import Forward, ForwardNews, State
from bot.store.ticket import Ticket, What, Who


class Heard(StrEnum):
    """What became of an update."""

    APPLIED = "applied"
    BEFORE = "before"  # the same update, heard earlier
    TOO_LATE = "too_late"  # older than what we know
    UNKNOWN = "unknown"  # a state that is none


def hear(office: Office, forward: Forward, news: News) -> Heard:
    """Take in one update. The same one does nothing; an older one than the last changes nothing."""
    forward = forwarding.locked(office.session, forward.id)
    destination = forwarding.destination_of(office.session, forward.destination_id)
    if destination is None or forwarding.news(office.session, forward.destination_id, news.update_id) is not None:
        return Heard.BEFORE
    late = forward.heard_at is not None and news.at < forward.heard_at
    applied = news.stage is not None and not late
    forwarding.add(
        office.session,
        ForwardNews(
            destination_id=forward.destination_id,
            forward_id=forward.id,
            update_id=news.update_id,
            status=news.status[:64],
            at=news.at,
            applied=applied,
            received_at=office.now,
        ),
    )
    if news.stage is None:
        forwarding.tried(
            office.session, forward.id, at=office.now, step=0, outcome="heard", reason=f"unknown state {news.status}"
        )
        return Heard.UNKNOWN
    if late:
        return Heard.TOO_LATE
    row = tickets.ticket(office.session, forward.ticket_id)
    again = forward.heard == news.stage and (not news.said or _is_said(office, forward, destination.title, news))
    _apply(office, forward, news.stage, news)
    if row is not None and not again:
        _move(office, row, By(destination.title, None, Role.COMMUNITY), news.stage, news)
    return Heard.APPLIED


def _is_said(office: Office, forward: Forward, title: str, news: News) -> bool:
    """Whether these are their last words, which nobody has answered: some offices give them again with every change."""
    for line in reversed(tickets.history(office.session, forward.ticket_id)):
        if line.by == Who.RESIDENT:
            return False
        if line.by_title == title and line.facts:
            facts = office.seal.open_json(line.facts)
            return (facts.get("note") or facts.get("reason")) in (news.said, news.sentence)
    return False


def _apply(office: Office, forward: Forward, stage: Stage, news: News) -> None:
    """A sender that has it at this moment keeps it: its state and its moment stay."""
    forward.reached = (State.CLOSED if stage in FINAL else State.ACKNOWLEDGED).value
    forward.heard, forward.heard_at = stage.value, news.at
    if forward.state in (State.ACCEPTED, State.ACKNOWLEDGED, State.CLOSED):
        forward.state, forward.changed_at = forward.reached, office.now


def _move(office: Office, row: Ticket, by: By, stage: Stage, news: News) -> None:
    """Let the ticket follow, through the same rules as the staff's own work."""
    if not row.is_open:
        if stage is Stage.REOPENED and row.state in REOPENS:
            ticket.reopen_by(office, row.id, by=by, note=news.sentence)
        return
    what = _STEP.get(stage, What.ANSWERED)
    if what is What.TAKEN and row.state not in NOT_TAKEN:
        what = What.ANSWERED
    note = news.said if what is What.TAKEN else news.sentence  # that somebody has it is said anyway
    ticket.tell(office, row.id, what, by=by, note=note)
    if stage is Stage.NOT_OURS:
        ticket.hand_back(office, row.id, by=by, reason=news.sentence)


_STEP = {
    Stage.WORKING: What.TAKEN,
    Stage.SCHEDULED: What.SCHEDULED,
    Stage.DONE: What.SOLVED,
    Stage.NEEDS_MORE: What.ASKED,
}
