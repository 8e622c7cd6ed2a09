"""The values that cross every layer: what came in and what goes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a resident sent, whatever the channel calls it."""

    TEXT = "text"
    PICTURE = "picture"
    VOICE = "voice"
    VIDEO = "video"
    LOCATION = "location"
    LINK = "link"
    CARD = "card"  # a mini-program's page
    EVENT = "event"
    UNKNOWN = "unknown"


class Opens(StrEnum):
    """What an inbound message lets us send afterwards. Source: docs/wechat.md §4."""

    NOTHING = ""
    TAP = "tap"  # three messages within a minute
    TALK = "talk"  # five messages within 48 hours


@dataclass(frozen=True, slots=True)
class Spot:
    """A point a resident shared, in GCJ-02 degrees as WeChat gives it."""

    lat: float
    lon: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a person sent or did in a channel.

    `key` is the same for every delivery of the same message and unique for its sender.
    `event` and `event_key` are lower-cased name and key of an event. `facts` holds what else
    the channel told: media ids, addresses, scan results. `group` is the channel's name of the group it was said in, ""
    where nobody reads along.
    """

    channel: str
    sender: str
    key: str
    kind: Kind
    sent_at: datetime
    text: str = ""
    event: str = ""
    event_key: str = ""
    tapped: str = ""  # id of the choice that was tapped, where the channel tells it
    spot: Spot | None = None
    opens: Opens = Opens.NOTHING
    group: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the desk answers: words, and perhaps one open question.

    `asks` names the question left open, `choices` (label to value) what may be tapped for it,
    `memo` what its answer needs to know. An empty text is silence on purpose. `hears`: words to be taken as if the
    person had said them now; their answer stands below the text.
    """

    text: str
    asks: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    memo: Mapping[str, object] = field(default_factory=dict)
    hears: str = ""


SILENCE = Reply("")
SERVED = "served"  # in a message's facts: who answers in the platform's own client; then the bot is silent
