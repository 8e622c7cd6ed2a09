"""The platform's access token, shared by all workers."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Field, Session, SQLModel, col


class PlatformToken(SQLModel, table=True):
    """The token of one app; `token` is sealed."""

    app_id: str = Field(primary_key=True, max_length=64)
    token: bytes
    expires_at: datetime


def of(session: Session, app_id: str) -> PlatformToken | None:
    """The token kept for the app, still good or not."""
    return session.scalars(select(PlatformToken).where(col(PlatformToken.app_id) == app_id)).first()


def keep(session: Session, *, app_id: str, token: bytes, expires_at: datetime) -> None:
    """Replace the app's token."""
    session.merge(PlatformToken(app_id=app_id, token=token, expires_at=expires_at))
