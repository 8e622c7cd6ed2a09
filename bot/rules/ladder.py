"""The delivery ladder: by which way a piece of news goes to a resident now, tried from the best to the last."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from bot.rules.means import Means, Template
from bot.rules.news import policy
from bot.store import Session, subscription
from bot.store.outbox import Via


@dataclass(frozen=True, slots=True)
class Way:
    """One rung. `template` is what carries the news where they do not go as words."""

    via: Via
    template: Template | None = None


def way(
    session: Session,
    means: Means,
    *,
    resident_id: UUID,
    channel: str,
    kind: str,
    allowed: int,
    skips: Collection[str] = (),
) -> Way | None:
    """The first rung that can be stood on: customer message, template, subscription notice; None: wait for a contact.

    `allowed`: how many customer messages may still go. `skips`: rungs that the platform has refused for this news.
    """
    if allowed > 0 and Via.CUSTOMER.value not in skips:
        return Way(Via.CUSTOMER)
    form = policy(kind).form
    if form is None:
        return None
    template = means.templates.get(form)
    if template is not None and Via.TEMPLATE.value not in skips:
        return Way(Via.TEMPLATE, template)
    notice = means.subscriptions.get(form)
    if notice is None or Via.SUBSCRIPTION.value in skips:
        return None
    agreed = subscription.left(session, resident_id=resident_id, channel=channel, template_id=notice.id)
    return Way(Via.SUBSCRIPTION, notice) if agreed else None
