"""Quiet hours: when news wait until the morning."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from bot.errors import Refusal
from bot.rules.office import Office
from bot.store import Session
from bot.store import quiet as kept

TALK_GOES_ON = timedelta(minutes=30)  # after what somebody said, an answer disturbs nobody


class NoQuietHours(Refusal):
    """Not two times of the day."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `begins` to `ends`, local, over midnight where it begins later than it ends; the same twice: never."""

    begins: time = time(21, 30)
    ends: time = time(8, 0)

    def until(self, now: datetime, zone: tzinfo) -> datetime | None:
        """When the quiet hours that `now` falls into end; None outside of them."""
        local = now.astimezone(zone)
        clock = local.time()
        over_midnight = self.ends < self.begins
        inside = (clock >= self.begins or clock < self.ends) if over_midnight else self.begins <= clock < self.ends
        if not inside:
            return None
        day = local.date() + timedelta(days=1 if over_midnight and clock >= self.begins else 0)
        return datetime.combine(day, self.ends, zone)


USUAL = Quiet()


def hours(session: Session) -> Quiet:
    """As the staff have set them, else the usual ones."""
    row = kept.hours(session)
    return Quiet(time.fromisoformat(row.begins), time.fromisoformat(row.ends)) if row else USUAL


def change(office: Office, *, begins: str, ends: str) -> Quiet:
    """Set them, as local "HH:MM". Raises NoQuietHours."""
    try:
        quiet = Quiet(_clock(begins), _clock(ends))
    except ValueError as error:
        raise NoQuietHours from error
    kept.change(office.session, begins=f"{quiet.begins:%H:%M}", ends=f"{quiet.ends:%H:%M}", now=office.now)
    return quiet


def _clock(said: str) -> time:
    hour, minute = said.split(":")
    return time(int(hour), int(minute))


def waits_until(
    quiet: Quiet, zone: tzinfo, now: datetime, *, urgent: bool, last_said: datetime | None
) -> datetime | None:
    """When news may go that must not disturb now; None where they may go at once."""
    if urgent or (last_said is not None and now - last_said < TALK_GOES_ON):
        return None
    return quiet.until(now, zone)
