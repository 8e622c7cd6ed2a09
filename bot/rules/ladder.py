"""The delivery ladder: by which way a piece of news goes to a resident now, tried from the best to the last."""

from collections.abc import Callable, Collection
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

    def agreed(template_id: str) -> int:
        return subscription.left(session, resident_id=resident_id, channel=channel, template_id=template_id)

    return rung(means, kind, allowed=allowed, agreed=agreed, skips=skips)


def rung(
    means: Means,
    kind: str,
    *,
    allowed: int,
    agreed: Callable[[str], int],
    masses: int = 0,
    skips: Collection[str] = (),
) -> Way | None:
    """As `way`, of what is known already: consents to a template, and how many mass sends may still reach them.

    A mass send goes to many at once, so it is whoever gathers them that stands on that rung, from among the held.
    """
    if allowed > 0 and Via.CUSTOMER.value not in skips:
        return Way(Via.CUSTOMER)
    form = policy(kind).form
    template = means.templates.get(form) if form else None
    if template is not None and Via.TEMPLATE.value not in skips:
        return Way(Via.TEMPLATE, template)
    notice = means.subscriptions.get(form) if form else None
    if notice is not None and Via.SUBSCRIPTION.value not in skips and agreed(notice.id):
        return Way(Via.SUBSCRIPTION, notice)
    return Way(Via.MASS) if masses > 0 and Via.MASS.value not in skips else None
