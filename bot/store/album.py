"""Pictures that residents sent, of whatever they belong to: claimed to be fetched, kept, or given up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, select, update
from sqlmodel import Field, Session, SQLModel

from bot.store import connection
from bot.store.ids import new_id
from bot.store.ticket.tables import Picture

LEASE = timedelta(minutes=10)  # of one try; a picture whose fetcher died is due again after it


class PictureRow(SQLModel):
    """The columns of a picture, for a table that says whose it is.

    `media` and `image` are sealed: id and address as they came; a JPEG without anything that its camera noted.
    `digest` is a keyed hash of it. `due_at` is when it is fetched next, None once that came to an end.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    at: datetime
    media: bytes
    state: str = Field(default=Picture.WAITING.value, max_length=8)
    tries: int = 0
    due_at: datetime | None = None
    reason: str = Field(default="", max_length=120)
    image: bytes | None = None
    digest: str | None = Field(default=None, max_length=64)
    width: int | None = None
    height: int | None = None


class Claimed(NamedTuple):
    """A picture to be fetched now; `media` is sealed, `owner_id` whose it is. `tries` counts this one."""

    id: UUID
    owner_id: UUID
    at: datetime
    media: bytes
    tries: int
    album: str


class Kept(NamedTuple):
    """A picture that we have; `image` is sealed."""

    id: UUID
    at: datetime
    image: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures of one table. `owner`: the column that says whose a picture is."""

    name: str
    table: Table
    owner: str

    def add(self, session: Session, owner_id: UUID, *, at: datetime, media: bytes) -> None:
        """One more, as the platform named it."""
        first = {"state": Picture.WAITING.value, "tries": 0, "reason": "", "due_at": at}
        row = {"id": new_id(), self.owner: owner_id, "at": at, "media": media, **first}
        connection(session).execute(self.table.insert().values(row))

    def count(self, session: Session, owner_id: UUID) -> int:
        """How many there are or are waited for."""
        its = (self.table.c[self.owner] == owner_id) & (self.table.c.state != Picture.FAILED.value)
        return len(connection(session).scalars(select(self.table.c.id).where(its)).all())

    def ids(self, session: Session, owner_id: UUID) -> list[UUID]:
        """Those that we have, oldest first, without the pictures themselves."""
        its = (self.table.c[self.owner] == owner_id) & (self.table.c.state == Picture.KEPT.value)
        ordered = select(self.table.c.id).where(its).order_by(self.table.c.at, self.table.c.id)
        return list(connection(session).scalars(ordered))

    def ids_of(self, session: Session, owners: Collection[UUID]) -> dict[UUID, list[UUID]]:
        """As `ids`, of several at once; who has none is left out."""
        owner = self.table.c[self.owner]
        its = owner.in_(owners) & (self.table.c.state == Picture.KEPT.value)
        found: dict[UUID, list[UUID]] = {}
        for one, its_id in connection(session).execute(
            select(owner, self.table.c.id).where(its).order_by(self.table.c.at, self.table.c.id)
        ):
            found.setdefault(one, []).append(its_id)
        return found

    def kept(self, session: Session, owner_id: UUID, picture_id: UUID | None = None) -> list[Kept]:
        """Those that we have, oldest first, or the one of that id."""
        table = self.table.c
        its = (table[self.owner] == owner_id) & (table.state == Picture.KEPT.value) & table.image.is_not(None)
        if picture_id is not None:
            its &= table.id == picture_id
        columns = (table.id, table.at, table.image, table.width, table.height)
        rows = connection(session).execute(select(*columns).where(its).order_by(table.at, table.id))
        return [Kept(row.id, row.at, row.image, row.width or 0, row.height or 0) for row in rows]

    def claim(self, session: Session, now: datetime, limit: int, *, of_now: bool = False) -> list[Claimed]:
        """Pictures that are due, oldest first; what another worker has claimed is passed over.

        `of_now`: those alone that came at this very moment, for whoever plays a dialogue.
        """
        table = self.table.c
        waiting = table.state == Picture.WAITING.value
        if of_now:
            waiting &= table.at == now
        columns = (table.id, table[self.owner], table.at, table.media, table.tries)
        due = select(*columns).where(waiting, table.due_at <= now).order_by(table.due_at).limit(limit)
        rows = connection(session).execute(due.with_for_update(skip_locked=True)).all()
        claimed = [Claimed(*row[:4], tries=row.tries + 1, album=self.name) for row in rows]
        for one in claimed:
            self._change(session, one.id, tries=one.tries, due_at=now + LEASE)
        return claimed

    def keep(self, session: Session, picture_id: UUID, *, image: bytes, digest: str, size: tuple[int, int]) -> bool:
        """Keep the picture itself, sealed; False where it is not waited for any more."""
        width, height = size
        found = {"image": image, "digest": digest, "width": width, "height": height}
        return self._change(session, picture_id, state=Picture.KEPT.value, due_at=None, reason="", **found)

    def try_again(self, session: Session, picture_id: UUID, *, at: datetime, reason: str) -> None:
        """It could not be fetched now."""
        self._change(session, picture_id, due_at=at, reason=reason[:120])

    def give_up(self, session: Session, picture_id: UUID, *, reason: str) -> bool:
        """It cannot be fetched for good; False where it is not waited for any more."""
        return self._change(session, picture_id, state=Picture.FAILED.value, due_at=None, reason=reason[:120])

    def move(self, session: Session, owner_id: UUID, other: "Album", other_owner: UUID) -> None:
        """Let what belongs to one belong to something else in another album."""
        copied = list(PictureRow.model_fields)
        rows = connection(session).execute(select(*(self.table.c[name] for name in copied)).where(self._of([owner_id])))
        moved = [{**row, other.owner: other_owner} for row in rows.mappings()]
        if moved:
            connection(session).execute(other.table.insert(), moved)
            self.drop(session, [owner_id])

    def drop(self, session: Session, owners: list[UUID]) -> None:
        """None of these have pictures any more."""
        connection(session).execute(delete(self.table).where(self._of(owners)))

    def _of(self, owners: list[UUID]) -> ColumnElement[bool]:
        return self.table.c[self.owner].in_(owners)

    def _change(self, session: Session, picture_id: UUID, **values: object) -> bool:
        """Of one that still waits: whoever comes second changes nothing."""
        waiting = (self.table.c.id == picture_id) & (self.table.c.state == Picture.WAITING.value)
        return connection(session).execute(update(self.table).where(waiting).values(values)).rowcount == 1
