"""What is written in groups and what becomes of it, as values: no platform's shapes, no rows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bot.store.group import Audience, GroupKind

EVERYBODY = "@all"


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words; `mentions` are names in the channel, or EVERYBODY."""

    words: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Markdown:
    """Words with headings, bold print and links; what a channel cannot draw it shows as plain words."""

    words: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the news: a title that leads to a page, perhaps with a picture."""

    title: str
    url: str
    about: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Articles, at most eight."""

    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A card to look at that leads to a page: a title, lines of a name and what it is, perhaps a picture."""

    title: str
    url: str
    about: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    picture: str = ""


Content = Text | Markdown | News | Card
_KINDS: dict[str, type[Text] | type[Markdown] | type[News] | type[Card]] = {
    "text": Text,
    "markdown": Markdown,
    "news": News,
    "card": Card,
}


def packed(content: Content) -> dict[str, object]:
    """A JSON object of it."""
    kind = next(name for name, one in _KINDS.items() if isinstance(content, one))
    found: dict[str, object] = json.loads(json.dumps({"kind": kind, **asdict(content)}))
    return found


def unpacked(value: Mapping[str, object]) -> Content:
    """What `packed` made. Raises ValueError for what another version wrote."""
    match value:
        case {"kind": "text", "words": str(words), "mentions": list(mentions)}:
            return Text(words, tuple(map(str, mentions)))
        case {"kind": "markdown", "words": str(words)}:
            return Markdown(words)
        case {"kind": "news", "articles": list(articles)}:
            return News(tuple(Article(**one) for one in articles))
        case {"kind": "card", "lines": list(lines), "title": str(title), "url": str(url)}:
            about, picture = str(value.get("about", "")), str(value.get("picture", ""))
            return Card(title, url, about, tuple((str(name), str(said)) for name, said in lines), picture)
    raise ValueError(f"no content of a group: {value.get('kind')}")


def as_text(content: Content) -> str:
    """The plain words of anything, for a channel that can draw nothing else."""
    match content:
        case Text() | Markdown():
            return content.words
        case News():
            return "\n\n".join("\n".join(filter(None, (one.title, one.about, one.url))) for one in content.articles)
        case Card():
            lines = [f"{name}：{said}" for name, said in content.lines]
            return "\n".join(filter(None, (content.title, content.about, *lines, content.url)))


def as_markdown(content: Content) -> str:
    """The same with headings and links."""
    match content:
        case Text() | Markdown():
            return content.words
        case News():
            articles = [
                f"[{one.title}]({one.url})" + (f"\n> {one.about}" if one.about else "") for one in content.articles
            ]
            return "\n\n".join(articles)
        case Card():
            lines = [f"> **{name}** {said}" for name, said in content.lines]
            return "\n".join(filter(None, (f"### [{content.title}]({content.url})", content.about, *lines)))


@dataclass(frozen=True, slots=True)
class Room:
    """A group as whoever writes into it needs it. `hook` opens a push robot: it is never shown or logged."""

    id: UUID
    code: str
    name: str
    kind: GroupKind
    audience: Audience
    channel: str
    chat_id: str | None
    can_card: bool
    needs_human_confirm: bool
    hook: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Job:
    """One message to be sent: the part of a post whose turn it is. `key` is the same at every try of this part."""

    post_id: UUID
    room: Room
    content: Content
    part: int
    parts: int
    tries: int
    claimed_at: datetime

    @property
    def key(self) -> str:
        return f"{self.post_id}-{self.part}"


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it, under that id where it names one."""

    platform_id: str = ""


@dataclass(frozen=True, slots=True)
class AwaitsStaff:
    """The platform has it, and a person of the staff has to let it go."""

    platform_id: str = ""


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nobody said whether it arrived."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """It was not taken: again after so long, or after a pause that grows."""

    reason: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """It will not do. `closes_group`: nothing will, until somebody mends it; the station hears of it."""

    reason: str
    closes_group: bool = False


Outcome = Sent | AwaitsStaff | Unsure | Later | Failed
Pieces = Sequence[Content]
