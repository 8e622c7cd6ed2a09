"""Times of bookings in words, always with the weekday, for dates are misheard."""

from datetime import datetime, timedelta

_DAYS = "一二三四五六日"


def slot(start: datetime, now: datetime) -> str:
    """A time to tap: 明天（周一）15:00."""
    return f"{day(start, now)}{clock(start)}"


def day(moment: datetime, now: datetime) -> str:
    """A day with its weekday, for dates are misheard: 明天（周一）, 11月28日（周六）."""
    near = {0: "今天", 1: "明天", 2: "后天"}.get((moment.date() - now.date()).days)
    return f"{near or f'{moment.month}月{moment.day}日'}（周{_DAYS[moment.weekday()]}）"


def date_of(moment: datetime) -> str:
    """A day as it is read back, whatever today is: 11月28日（周六）."""
    return f"{moment.month}月{moment.day}日（周{_DAYS[moment.weekday()]}）"


def clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def span(start: datetime, minutes: int) -> str:
    return f"{date_of(start)}{clock(start)}–{clock(start + timedelta(minutes=minutes))}"
