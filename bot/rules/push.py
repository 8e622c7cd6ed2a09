"""News that residents may take or leave, kind by kind; what they asked for themselves is no news."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from uuid import UUID

from bot.rules.office import Office
from bot.store import Session, preference


class News(StrEnum):
    """The kinds of news that are pushed. Without a word of the resident each is wanted."""

    COURSE = "course"
    ACTIVITY = "activity"
    NOTICE = "notice"  # of the community: policies, cut-offs of water and power
    VOLUNTEER = "volunteer"


# The kinds of outbox rows that carry news. A capability that pushes some has its line here; what is not here is told
# because the resident asked for it (their complaint, their booking), whatever they take of the news.
PUSHES: Mapping[str, News] = {"lesson_push": News.COURSE, "replay_ready": News.COURSE, "shift_wanted": News.VOLUNTEER}


def settings(session: Session, resident_id: UUID) -> dict[News, bool]:
    """Every kind of news, and whether the person wants it."""
    said = preference.of(session, resident_id)
    return {news: said.get(news.value, True) for news in News}


def wants(session: Session, resident_id: UUID, news: News) -> bool:
    return settings(session, resident_id)[news]


def wanting(session: Session, resident_ids: Collection[UUID], news: News) -> list[UUID]:
    """Those of these people who want that kind of news, in their order."""
    refusing = preference.refusing(session, news.value, resident_ids)
    return [person for person in resident_ids if person not in refusing]


def choose(office: Office, resident_id: UUID, wanted: Mapping[News, bool]) -> None:
    """What the person wants from now on. What waits to be sent of kinds they do not want is dropped at once."""
    for news, yes in wanted.items():
        preference.say(office.session, resident_id, news.value, wanted=yes, now=office.now)
    unwanted = [kind for kind, news in PUSHES.items() if wanted.get(news) is False]
    if unwanted:
        preference.drop_unsent(office.session, resident_id, unwanted)
