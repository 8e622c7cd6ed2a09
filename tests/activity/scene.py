"""What these tests share: the rules at a moment, and what the sample community has on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from bot.rules import activity
from bot.rules.office import Office
from bot.store import Session
from bot.store.activity import Activity, Organiser
from tests.support.town import CHENGDU, Town

DUMPLINGS, DENTISTS, BOOKS = "HD01", "HD02", "HD03"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHENGDU)


def sample(session: Session, code: str) -> Activity:
    return session.scalars(select(Activity).where(col(Activity.code) == code)).one()


def plan_of(its: Activity, **other: object) -> activity.Plan:
    """As it stands, but for what is other."""
    values: dict[str, object] = {
        "title": its.title,
        "words": its.words,
        "station_id": its.station_id,
        "spot": its.spot,
        "starts_at": its.starts_at,
        "ends_at": its.ends_at,
        "places": its.places,
        "audience": its.audience,
        "organiser_kind": Organiser(its.organiser_kind),
        "organiser": its.organiser,
    }
    return activity.Plan(**{**values, **other})  # type: ignore[arg-type]


def enrol(office: Office, code: str, who: UUID, persons: int = 1) -> None:
    its = sample(office.session, code)
    activity.enrol(office, its.id, resident_id=who, channel="official_account", persons=persons)


def on(town: Town, moment: datetime) -> None:
    """Let time pass until then."""
    town.now = moment
