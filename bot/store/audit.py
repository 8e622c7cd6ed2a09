"""Who did what in the back office and whose data they looked at: rows are added and never changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DDL, Index, delete, event, or_, select
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.scope import Scope, accounts
from bot.store.staff import Staff

KEPT_DAYS = 1095  # younger rows cannot be deleted, by whatever way


class Audit(SQLModel, table=True):
    """One act: who, when, what (`ticket.viewed`), on which subject, from where (a keyed hash); details are sealed."""

    __table_args__ = (Index(None, "staff_id", "at"), Index(None, "subject", "at"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    at: datetime = Field(index=True)
    staff_id: UUID | None = Field(default=None)
    what: str = Field(max_length=40)
    subject: str = Field(default="", max_length=80)
    ip: str = Field(default="", max_length=16)
    details: bytes | None = None


_audit = Audit.__table__  # type: ignore[attr-defined]

SQLITE = (
    "CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END",
    f"CREATE TRIGGER audit_not_deleted BEFORE DELETE ON audit WHEN OLD.at > datetime('now', '-{KEPT_DAYS} days') "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are not deleted yet'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '{KEPT_DAYS} days' THEN RETURN OLD; END IF; "
    "RAISE EXCEPTION 'audit rows are never changed, and not deleted yet'; END $$",
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stays()",
    "CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()",
)
POSTGRESQL_DOWN = ("DROP TABLE audit", "DROP FUNCTION audit_stays()")


def _made_with_its_table(statement: str, dialect: str) -> None:
    made = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call] # the library types it by comment only
    event.listen(_audit, "after_create", made.execute_if(dialect=dialect))


for _statement in SQLITE:
    _made_with_its_table(_statement, "sqlite")
for _statement in POSTGRESQL:
    _made_with_its_table(_statement, "postgresql")


def add(session: Session, row: Audit) -> None:
    """The only way in; there is none that changes a row."""
    session.add(row)
    session.flush()


def page(
    session: Session, scope: Scope, *, before: UUID | None, limit: int, words: str = "", what: str = ""
) -> list[tuple[Audit, str]]:
    """What the accounts in that part of the city did, newest first, each with its login.

    `before` is the row behind which the page begins; `words` a login or a subject, `what` the beginning of an act.
    """
    found = select(Audit, Staff.login).join(Staff, col(Staff.id) == col(Audit.staff_id), isouter=True)  # type: ignore[call-overload]
    found = found.where(accounts(scope))
    if before is not None:
        found = found.where(col(Audit.id) < before)
    if words:
        found = found.where(or_(col(Audit.subject) == words, col(Staff.login) == words))
    if what:
        found = found.where(col(Audit.what).startswith(what, autoescape=True))
    return [(row, login or "") for row, login in session.execute(found.order_by(col(Audit.id).desc()).limit(limit))]


def came_from(session: Session, what: str, subject: str, limit: int) -> set[str]:
    """From where that was done last to that subject."""
    found = select(col(Audit.ip)).where(col(Audit.subject) == subject, col(Audit.what) == what)
    return set(session.scalars(found.order_by(col(Audit.at).desc()).limit(limit)))


def forget_before(session: Session, moment: datetime) -> int:
    """Drop what the law no longer asks us to keep; the database itself refuses anything younger."""
    return connection(session).execute(delete(_audit).where(_audit.c.at < moment)).rowcount
