"""The time of a booking: read from words, tapped, bound to what is free, and offered where it is not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.form import Draft, Got, Question, Slot
from bot.nlu import assent
from bot.nlu.wanted import Wanted, wanted
from bot.router import Turn
from bot.rules import booking
from bot.rules.booking import Board, Free
from bot.rules.service import Thing
from bot.wording import link
from bot.wording.booking import dialogue as say
from bot.wording.booking import times as say_time

MOST, A_DAY = 6, 3  # times offered below one question; of one day where several are shown
WAIT = "wait:"


@dataclass(frozen=True, slots=True)
class About:
    """What the time is for: a thing, how long, and the booking that is moved, with the question to ask of it."""

    thing: Thing
    minutes: int
    asks: str = ""
    besides: UUID | None = None
    may_wait: bool = True


Of = Callable[[Turn, Draft], About | None]


def slot(of: Of) -> Slot:
    """The slot of a time for what `of` finds in a draft."""
    when = When(of)
    return Slot("time", when.ask, when.read, say.TIME_WORDS, recall=when.recall, check=when.check)


def chosen(draft: Draft) -> datetime | None:
    """The time in a draft; None where there is none yet, or a place in a waiting list."""
    value = draft.get("time")
    return datetime.fromisoformat(value) if value and not value.startswith(WAIT) else None


def waits_on(draft: Draft) -> date | None:
    """The day for which a place in the waiting list was chosen."""
    value = draft.get("time")
    return date.fromisoformat(value.removeprefix(WAIT)) if value.startswith(WAIT) else None


def given_up(draft: Draft, start: datetime) -> Draft:
    """The draft without the time that could not be had; of its day others are offered."""
    return draft.without("time").noted(day=start.date().isoformat(), hours="", part="")


@dataclass(frozen=True, slots=True)
class When:
    """Reads and asks for the time of what `of` finds."""

    of: Of

    def read(self, turn: Turn, draft: Draft, asked: bool) -> Got | None:
        """The time that is said; what is not free comes back with what is."""
        now, text = turn.now.astimezone(turn.zone), turn.message.text
        said = wanted(text, now, _day(draft))
        about = self.of(turn, draft)
        if said is None:
            return None if about is None or draft.get("time") else self._without_time(turn, about, text, asked=asked)
        rest = assent.beside(text, said.span)
        if said.past:
            return Got(why=say.PAST, rest=rest)
        notes = _noted(said, now.date())
        if about is None:
            return Got(notes=notes, rest=rest)
        about = _lasting(about, said.lasts)
        board = booking.board(turn.office, about.thing, about.minutes, besides=about.besides)
        return replace(_settled(turn, draft, board, said, about), notes=notes, rest=rest)

    def recall(self, turn: Turn, draft: Draft) -> str:
        """The time that was said before it was known what it is for, where it can be one only."""
        about, day = self.of(turn, draft), _day(draft)
        hours = [int(hour) for hour in draft.note("hours").split(",") if hour]
        if about is None or day is None or not hours:
            return ""
        starts = {one.start for one in _board(turn, draft, about).free(day)}
        fits = [start for hour in hours if (start := _at(turn, day, hour)) in starts]
        return fits[0].isoformat() if len(fits) == 1 else ""

    def check(self, turn: Turn, draft: Draft, value: str) -> str:
        """Whether it is still to be had: the clock goes on, and others book."""
        about, start = self.of(turn, draft), chosen(draft)
        if about is None or start is None:
            return ""
        free = {one.start for one in _board(turn, draft, about).free(start.date())}
        return "" if start in free else say.taken(start, turn.now.astimezone(turn.zone))

    def ask(self, turn: Turn, draft: Draft) -> Question:
        """What is free: of the day that was said, else of the next days."""
        about = self.of(turn, draft)
        if about is None:
            return Question(say.PICK_ONE)
        board, day, now = _board(turn, draft, about), _day(draft), turn.now.astimezone(turn.zone)
        if day is None:
            free = _next(board, now)
            if not free:
                return Question(say.nothing_free(about.thing))
            return Question(_asked(turn, draft, about), _labels(free, now))
        inside = [one for one in board.free(day) if _in_part(draft, one)]
        midnight = _at(turn, day, 0)
        if inside:
            return Question(say.when_on(midnight, now), _labels(_thinned(inside), now))
        return _nothing_on(board, about, midnight, now)

    def _without_time(self, turn: Turn, about: About, text: str, *, asked: bool) -> Got | None:
        """As soon as possible, or, where it was asked for, any of them."""
        if not assent.wants_soonest(text) and not (asked and assent.takes_any(text)):
            return None
        free = _next(booking.board(turn.office, about.thing, about.minutes, besides=about.besides), turn.now)
        if assent.wants_soonest(text) and free:
            return Got(free[0].start.isoformat(), notes={"day": free[0].start.date().isoformat()})
        return Got(why=say.PICK_ONE, choices=_labels(free, turn.now.astimezone(turn.zone))) if free else None


def _asked(turn: Turn, draft: Draft, about: About) -> str:
    """The question for the time, and at first the calendar on which it can be tapped."""
    if about.asks:
        return about.asks
    first = "time" not in draft.asked
    calendar = turn.page(f"/h5/book/{about.thing.key}") if first else ""
    return link.below(say.when(about.thing, first=first), say.CALENDAR, calendar)


def _settled(turn: Turn, draft: Draft, board: Board, said: Wanted, about: About) -> Got:
    """One time, several to choose from, or why none of those that were said."""
    now, day = turn.now.astimezone(turn.zone), said.days[0]
    if not said.hours:
        return _on_days(turn, draft, board, said, about)
    starts = [_at(turn, day, hour) for hour in said.hours]
    free = {one.start for one in board.free(day)}
    fits = [one for one in starts if one in free]
    if len(fits) == 1:
        return Got(fits[0].isoformat())
    if fits:
        return Got(why=say.WHICH_OF_TWO, choices={say_time.slot(one, now): one.isoformat() for one in fits})
    if (day - now.date()).days > booking.AHEAD_DAYS:
        return Got(why=say.too_far(booking.AHEAD_DAYS), choices=_labels(_next(board, now), now))
    open_then = [one for one in starts if board.could_begin(one)]
    start = (open_then or [one for one in starts if one > now] or starts)[0]
    near = _labels(booking.nearest(board, start, MOST - 2), now)
    if open_then and about.may_wait:
        near |= {say.wait_for(start, now): f"{WAIT}{day.isoformat()}"}
    return Got(why=(say.taken if open_then else say.not_then)(start, now), choices=near)


def _on_days(turn: Turn, draft: Draft, board: Board, said: Wanted, about: About) -> Got:
    """A day without its hour: with the hour that was chosen before, else its times are offered."""
    now, before = turn.now.astimezone(turn.zone), chosen(draft)
    has_part = (said.since, said.until) != (0, 24 * 60)
    if before is not None and not has_part:
        start = datetime.combine(said.days[0], before.timetz())
        if start in {one.start for one in board.free(said.days[0])}:
            return Got(start.isoformat())
        if board.could_begin(start):
            choices = _labels(booking.nearest(board, start, MOST - 2), now)
            if about.may_wait:
                choices[say.wait_for(start, now)] = f"{WAIT}{said.days[0].isoformat()}"
            return Got(why=say.taken(start, now), choices=choices)
    if len(said.days) > 1:
        several = [one for day in said.days for one in _thinned(board.free(day), A_DAY)]
        return Got(why=say.PICK_ONE, choices=_labels(several[:MOST], now)) if several else Got()
    if (said.days[0] - now.date()).days > booking.AHEAD_DAYS:
        return Got(why=say.too_far(booking.AHEAD_DAYS), choices=_labels(_next(board, now), now))
    return Got()


def _nothing_on(board: Board, about: About, midnight: datetime, now: datetime) -> Question:
    """A day on which nothing is free: full, or nobody there."""
    tomorrow = max(midnight + timedelta(days=1), now)
    free = _labels(booking.next_free(board, tomorrow, MOST - 2), now)
    if not board.is_open(midnight.date()):
        return Question(say.closed(midnight, now), free)
    if about.may_wait:
        free = {say.wait_for(midnight, now): f"{WAIT}{midnight.date().isoformat()}"} | free
    return Question(say.full(midnight, now), free)


def _next(board: Board, now: datetime) -> list[Free]:
    """The next times, a few of each day."""
    found: list[Free] = []
    by_day: dict[date, int] = {}
    for one in booking.next_free(board, now, 60):
        if by_day.setdefault(one.start.date(), 0) < A_DAY and one.start.minute == 0:
            by_day[one.start.date()] += 1
            found.append(one)
    return found[:MOST]


def _thinned(free: list[Free], most: int = MOST) -> list[Free]:
    """At most so many, spread over the day, whole hours first."""
    whole = [one for one in free if one.start.minute == 0] or free
    if len(whole) <= most:
        return whole if len(whole) < len(free) and len(whole) > 1 else free[:most]
    step = (len(whole) - 1) / (most - 1)
    return [whole[round(number * step)] for number in range(most)]


def _labels(free: list[Free], now: datetime) -> dict[str, str]:
    return {say_time.slot(one.start, now): one.start.isoformat() for one in free}


def _noted(said: Wanted, today: date) -> dict[str, str]:
    """What of a time is known though it is not settled yet; nothing of a day that nobody can have."""
    if (said.days[0] - today).days > booking.AHEAD_DAYS:
        return {}
    whole_day = (said.since, said.until) == (0, 24 * 60)
    return {
        "day": said.days[0].isoformat() if len(said.days) == 1 else "",
        "hours": ",".join(map(str, said.hours)),
        "part": "" if whole_day else f"{said.since}-{said.until}",
        "lasts": str(said.lasts or ""),
    }


def _in_part(draft: Draft, free: Free) -> bool:
    since, _, until = draft.note("part").partition("-")
    minutes = free.start.hour * 60 + free.start.minute
    return not since or int(since) <= minutes < int(until)


def _lasting(about: About, minutes: int) -> About:
    """As long as was said, in half hours; only of a room, for a service takes as long as it takes."""
    return about if not minutes or about.thing.venue_id is None else replace(about, minutes=-(-minutes // 30) * 30)


def _board(turn: Turn, draft: Draft, about: About) -> Board:
    return booking.board(turn.office, about.thing, about.minutes, besides=about.besides)


def _day(draft: Draft) -> date | None:
    """The day already spoken of."""
    start = chosen(draft)
    if start is not None:
        return start.date()
    return date.fromisoformat(draft.note("day")) if draft.note("day") else waits_on(draft)


def _at(turn: Turn, day: date, minutes: int) -> datetime:
    return datetime.combine(day, datetime.min.time(), turn.zone) + timedelta(minutes=minutes)
