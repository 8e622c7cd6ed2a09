"""What the platform tells us later: consents given and taken back, and what became of templates and notices."""

from datetime import timedelta
from uuid import UUID

from bot.rules.office import Office
from bot.store import outbox, subscription
from bot.store.outbox import Outbox, State, Via

REPORTS_WITHIN = timedelta(minutes=10)  # of the call; later we do not guess which notice is meant


def agreed(office: Office, *, resident_id: UUID, channel: str, template_id: str) -> None:
    """The person allows one more notice by that template."""
    subscription.add(office.session, resident_id=resident_id, channel=channel, template_id=template_id, now=office.now)


def refused(office: Office, *, resident_id: UUID, channel: str, template_id: str) -> None:
    """The person allows no more notices by that template."""
    subscription.end(office.session, resident_id=resident_id, channel=channel, template_id=template_id, now=office.now)


def template_done(office: Office, *, resident_id: UUID, platform_id: str, arrived: bool, said: str) -> None:
    """The platform's report on a template message. It may come before the answer to our own call, or instead of it."""
    row = outbox.reported(office.session, platform_id) if platform_id else None
    if row is None:
        row = outbox.under_way(office.session, resident_id, Via.TEMPLATE, office.now - REPORTS_WITHIN)
    if row is not None and row.resident_id == resident_id:
        _reported(office, row, platform_id, arrived=arrived, said=said)


def subscription_done(
    office: Office, *, resident_id: UUID, channel: str, template_id: str, platform_id: str, arrived: bool, said: str
) -> None:
    """The platform's report on a subscription notice; its id is told here only, so the oldest one is meant."""
    spent = subscription.spent_on(office.session, resident_id=resident_id, channel=channel, template_id=template_id)
    row = outbox.locked(office.session, spent[0]) if spent else None
    if row is not None:
        _reported(office, row, platform_id, arrived=arrived, said=said)


def _reported(office: Office, row: Outbox, platform_id: str, *, arrived: bool, said: str) -> None:
    """Who was told is told; who was not goes on with the next rung, unless they were told in another way meanwhile."""
    session, now, state = office.session, office.now, State(row.state)
    known: outbox.Also = {"platform_id": platform_id}
    if not arrived and row.via in (Via.TEMPLATE, Via.SUBSCRIPTION):
        skips = ",".join(filter(None, [row.skips, row.via]))
        again: outbox.Also = {**known, "skips": skips, "sent_at": None}
        outbox.mark(session, row.id, State.WAITING, now=now, reason=f"reported: {said}", due_at=now, also=again)
    elif state is State.UNSURE:
        outbox.mark(session, row.id, State.SENT, now=now, also=known)
    else:
        outbox.name(session, row.id, platform_id)
