"""Push robots of internal groups: an address with a key to which anybody who has it may post, and what stands there."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.simulator.errors import Refused
from bot.simulator.jsons import Body, Json, JsonValue
from bot.simulator.wecom.chats import Bubble
from bot.simulator.wecom.errors import Refusal
from bot.simulator.wecom.mishaps import Mishap

if TYPE_CHECKING:
    from bot.simulator.wecom.world import World

PATH = "/cgi-bin/webhook/send"
A_MINUTE = 20
MOST_TEXT, MOST_MARKDOWN = 2048, 4096
MOST_ARTICLES = 8
CARDS = ("text_notice", "news_notice")


@dataclass(slots=True, eq=False)
class Robot:
    """One robot in one group."""

    key: str
    group: str
    there: bool = True
    sent: deque[datetime] = field(default_factory=deque)


class Robots:
    """All of them, by their keys."""

    def __init__(self) -> None:
        self._robots: dict[str, Robot] = {}

    def add(self, group: str) -> Robot:
        """Put a robot into a group; its key is what stands in its address."""
        robot = Robot(secrets.token_hex(16), group)
        self._robots[robot.key] = robot
        return robot

    def remove(self, group: str) -> None:
        """Take a group's robots out of it."""
        for robot in self._robots.values():
            if robot.group == group:
                robot.there = False

    def groups(self) -> list[str]:
        """The groups with a robot in them."""
        return sorted({robot.group for robot in self._robots.values() if robot.there})

    def there(self, key: str) -> Robot:
        """Raises Refusal 93000 for a key of no robot that is there."""
        found = self._robots.get(key)
        if found is None or not found.there:
            raise Refusal(93000, "invalid webhook url")
        return found


def posted(world: World, key: str, body: Body) -> Json:
    """webhook/send. Raises Refusal."""
    robot = world.robots.there(key)
    if world.mishaps.strikes(Mishap.RATE):
        raise Refusal(45009)
    shown = _shown(body)
    now = world.now()
    while robot.sent and robot.sent[0] <= now - timedelta(minutes=1):
        robot.sent.popleft()
    if len(robot.sent) >= A_MINUTE:
        raise Refusal(45009)
    robot.sent.append(now)
    kind, text, card = shown
    world.show(world.chats.add(chat_of(robot.group), "robot", kind, now, text=text, card=card))
    return {"errcode": 0, "errmsg": "ok"}


def chat_of(group: str) -> str:
    """Under which name the group's bubbles stand."""
    if not group:
        raise Refused("bad_request", "a group has a name")
    return f"group:{group}"


def bubbles(world: World, group: str) -> list[Bubble]:
    """What stands in the group, oldest first."""
    return world.chats.of(chat_of(group))


def _shown(body: Body) -> tuple[str, str, Mapping[str, JsonValue] | None]:
    """The kind of message, its words and its card. Raises Refusal for what the platform does not take."""
    kind = body.text("msgtype", 40008)
    if kind == "text":
        return kind, _words(body.table("text", 44004).text("content", 44004), MOST_TEXT), None
    if kind == "markdown":
        return kind, _words(body.table("markdown", 44004).text("content", 44004), MOST_MARKDOWN), None
    if kind == "news":
        articles = body.table("news", 44004).values.get("articles")
        if not isinstance(articles, list) or not 1 <= len(articles) <= MOST_ARTICLES:
            raise Refusal(40058, "articles")
        titles = [_title(one) for one in articles]
        return kind, "\n".join(titles), {"articles": articles}
    if kind == "template_card":
        card = body.table("template_card", 40058)
        if card.text("card_type", 40058) not in CARDS:
            raise Refusal(40058, "card_type")
        title = card.table("main_title", 40058).text("title", 40058)
        card.table("card_action", 40058).text("url", 40058)
        if card.text("card_type", 40058) == "news_notice":
            card.table("card_image", 40058).text("url", 40058)
        return "card", title, card.values
    raise Refusal(40008)


def _words(content: str, most: int) -> str:
    if not content.strip():
        raise Refusal(44004)
    if len(content.encode()) > most:
        raise Refusal(45002)
    return content


def _title(article: JsonValue) -> str:
    if not isinstance(article, Mapping) or not article.get("title") or not article.get("url"):
        raise Refusal(40058, "title and url")
    return str(article["title"])
