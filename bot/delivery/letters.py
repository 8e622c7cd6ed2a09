"""What goes to a resident: the notice as the first rung of the ladder that can carry it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.channels.official_account import NAME
from bot.channels.official_account.fields import filled
from bot.channels.official_account.outgoing import chat_text
from bot.privacy import Seal
from bot.rules import ladder
from bot.rules.ladder import Way
from bot.rules.means import Means
from bot.rules.outdated import is_outdated
from bot.store import Session, subscription
from bot.store.outbox import Outbox, Via
from bot.wording import notice, template


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to an openid: words, or the fields of a template.

    `skips` are the rungs that were passed over, `whole` says that nothing is left to say in the chat.
    """

    openid: str
    kind: str
    via: Via
    skips: tuple[str, ...] = ()
    text: str = ""
    template_id: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True


class Outdated(Exception):
    """It would be told too late."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes notices, for the account's templates."""

    seal: Seal
    zone: ZoneInfo
    means: Means

    def write(self, session: Session, row: Outbox, *, openid: str, allowed: int, now: datetime) -> Letter | None:
        """None where no rung carries it before the next contact; a template that cannot say it is passed over.

        Raises Outdated; KeyError, ValueError or OperatorError for a notice that cannot be put into words.
        """
        facts = self.seal.open_json(row.facts)
        words = notice.say(row.kind, facts)
        if is_outdated(session, row.resident_id, row.kind, facts, now):
            raise Outdated
        if row.via == Via.SUBSCRIPTION:
            subscription.give_back(session, row.id)  # it was put back, or refused for the moment
        skips = [skip for skip in row.skips.split(",") if skip]
        while way := self.way(session, row.resident_id, row.kind, allowed=allowed, skips=skips):
            letter = Letter(openid, row.kind, way.via, tuple(skips))
            if way.template is None:
                choices = facts.get("choices")
                return replace(letter, text=chat_text(words, choices if isinstance(choices, dict) else {}))
            parts = template.parts(row.kind, facts, row.created_at.astimezone(self.zone))
            fields = filled(way.template.fields, parts.said) if parts else None
            if parts and fields and _may(session, row, way, now):
                return replace(letter, template_id=way.template.id, fields=fields, whole=parts.whole)
            skips.append(way.via.value)
        return None

    def way(self, session: Session, person: UUID, kind: str, *, allowed: int = 0, skips: Sequence[str]) -> Way | None:
        """The first rung that is left for the person."""
        return ladder.way(
            session, self.means, resident_id=person, channel=NAME, kind=kind, allowed=allowed, skips=skips
        )


def _may(session: Session, row: Outbox, way: Way, now: datetime) -> bool:
    """Spend the consent that a subscription notice needs; another worker may have been quicker."""
    if way.via is not Via.SUBSCRIPTION or way.template is None:
        return True
    return subscription.spend(
        session, resident_id=row.resident_id, channel=NAME, template_id=way.template.id, notice_id=row.id, now=now
    )
