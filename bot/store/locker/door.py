"""The rows of openings: the command to a cabinet, and the book in which every opening stands with its reason."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DDL, BigInteger, Index, UniqueConstraint, event
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id

BOOK_KEPT_DAYS = 730  # younger lines cannot be deleted, by whatever way


class DoorCommand(SQLModel, table=True):
    """One opening that was asked for. `outcome` is the last thing the cabinet said of it.

    `cause_seq`: the cabinet's message that led to it, such as a typed code; a second delivery finds it here.
    `told`: whoever asked has heard the end of it.
    """

    __table_args__ = (
        UniqueConstraint("cabinet_id", "cause_seq"),
        Index(None, "state", "expires_at"),
        Index(None, "cabinet_id", "door", "created_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cabinet_id: UUID = Field(foreign_key="cabinet.id")
    door: int
    reason: str = Field(max_length=16)
    state: str = Field(default="created", max_length=8)
    outcome: str = Field(default="", max_length=16)
    parcel_id: UUID | None = Field(default=None, foreign_key="parcel.id", index=True)
    asker_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    channel: str = Field(default="", max_length=32)
    cause_seq: int | None = Field(default=None, sa_type=BigInteger)
    created_at: datetime
    expires_at: datetime
    sent_at: datetime | None = None
    opened_at: datetime | None = None
    over_at: datetime | None = None
    told: bool = False


class DoorAudit(SQLModel, table=True):
    """A line of the book of doors: who, when, by what right. Lines are added and never changed.

    `words` is sealed: why the staff opened. Of somebody who asked to be forgotten the person is gone from the line:
    that is the one change the database allows.
    """

    __table_args__ = (Index(None, "cabinet_id", "door", "at"), Index(None, "at"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cabinet_id: UUID = Field(foreign_key="cabinet.id")
    door: int
    at: datetime
    what: str = Field(max_length=16)
    reason: str = Field(max_length=16)
    command_id: UUID | None = Field(default=None, foreign_key="doorcommand.id", index=True)
    parcel_id: UUID | None = Field(default=None, foreign_key="parcel.id", index=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    by_title: str = Field(default="", max_length=80)
    second_title: str = Field(default="", max_length=80)
    words: bytes | None = None


class MasterOpen(SQLModel, table=True):
    """One member of staff wants all doors of a cabinet open; a second one must agree."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cabinet_id: UUID = Field(foreign_key="cabinet.id", index=True)
    staff_id: UUID = Field(foreign_key="staff.id")
    by_title: str = Field(max_length=80)
    words: bytes
    asked_at: datetime
    until: datetime
    second_id: UUID | None = Field(default=None, foreign_key="staff.id")
    agreed_at: datetime | None = None


_book = DoorAudit.__table__  # type: ignore[attr-defined]
_STAYS = " AND ".join(f"NEW.{one.name} IS OLD.{one.name}" for one in _book.columns if one.name != "resident_id")

SQLITE = (
    "CREATE TRIGGER dooraudit_not_changed BEFORE UPDATE ON dooraudit "
    f"WHEN NOT (NEW.resident_id IS NULL AND {_STAYS}) "
    "BEGIN SELECT RAISE(ABORT, 'lines of the book of doors are never changed'); END",
    "CREATE TRIGGER dooraudit_not_deleted BEFORE DELETE ON dooraudit "
    f"WHEN OLD.at > datetime('now', '-{BOOK_KEPT_DAYS} days') "
    "BEGIN SELECT RAISE(ABORT, 'lines of the book of doors are not deleted yet'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION dooraudit_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '{BOOK_KEPT_DAYS} days' THEN RETURN OLD; END IF; "
    "IF TG_OP = 'UPDATE' AND NEW.resident_id IS NULL "
    "AND to_jsonb(NEW) - 'resident_id' = to_jsonb(OLD) - 'resident_id' THEN RETURN NEW; END IF; "
    "RAISE EXCEPTION 'lines of the book of doors are never changed, and not deleted yet'; END $$",
    "CREATE TRIGGER dooraudit_stays BEFORE UPDATE OR DELETE ON dooraudit "
    "FOR EACH ROW EXECUTE FUNCTION dooraudit_stays()",
    "CREATE TRIGGER dooraudit_not_emptied BEFORE TRUNCATE ON dooraudit "
    "FOR EACH STATEMENT EXECUTE FUNCTION dooraudit_stays()",
)
POSTGRESQL_DOWN = ("DROP TABLE dooraudit", "DROP FUNCTION dooraudit_stays()")


def _made_with_its_table(statement: str, dialect: str) -> None:
    made = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call] # the library types it by comment only
    event.listen(_book, "after_create", made.execute_if(dialect=dialect))


for _statement in SQLITE:
    _made_with_its_table(_statement, "sqlite")
for _statement in POSTGRESQL:
    _made_with_its_table(_statement, "postgresql")
