"""What staff did and whose data they looked at is written down, in the same transaction as the deed itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.rules.office import Office
from bot.store import audit as rows
from bot.store.audit import Audit
from bot.store.scope import Scope


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done: `what` is `noun.verb`, `subject` the number or id of what it was done to, `ip` a keyed hash."""

    what: str
    by: UUID | None
    subject: str = ""
    ip: str = ""
    details: Mapping[str, object] | None = None


def add(office: Office, act: Act) -> None:
    """Write it down; the details are sealed."""
    sealed = office.seal.close_json(act.details) if act.details else None
    row = Audit(at=office.now, staff_id=act.by, what=act.what, subject=act.subject, ip=act.ip, details=sealed)
    rows.add(office.session, row)


@dataclass(frozen=True, slots=True)
class Done:
    """One act as it is read; `login` is "" where nobody was signed in."""

    id: UUID
    at: datetime
    login: str
    what: str
    subject: str
    ip: str
    details: Mapping[str, object]


def done(
    office: Office, scope: Scope, *, before: UUID | None, limit: int, words: str = "", what: str = ""
) -> list[Done]:
    """What the accounts in that part of the city did, newest first; `words` is a login or a subject."""
    found = rows.page(office.session, scope, before=before, limit=limit, words=words, what=what)
    return [
        Done(
            row.id,
            row.at,
            login,
            row.what,
            row.subject,
            row.ip,
            office.seal.open_json(row.details) if row.details else {},
        )
        for row, login in found
    ]
