"""What is posted to a push robot's address. Source: docs/groups.md, "Push robots"."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.pieces import pieces
from bot.rules.group import Card, Content, Markdown, News, Room, Text, as_markdown

TEXT_BYTES, MARKDOWN_BYTES = 2048, 4096
TITLE_BYTES, ABOUT_BYTES = 128, 512
CARD_TITLE, CARD_ABOUT, CARD_NAME, CARD_WORDS = 36, 44, 8, 30  # characters that are shown
MOST_ARTICLES, MOST_LINES = 8, 6
RATIO = 1.3


def split(room: Room, content: Content) -> Sequence[Content]:
    """The messages it takes; none for nothing at all."""
    match content:
        case Text():
            cut = pieces(content.words, TEXT_BYTES)
            return [Text(one, content.mentions if index == 0 else ()) for index, one in enumerate(cut)]
        case Markdown():
            return _markdown(content.words)
        case News():
            starts = range(0, len(content.articles), MOST_ARTICLES)
            return [News(content.articles[start : start + MOST_ARTICLES]) for start in starts]
        case Card():
            return [content] if room.can_card else _markdown(as_markdown(content))


def _markdown(words: str) -> Sequence[Content]:
    return [Markdown(one) for one in pieces(words, MARKDOWN_BYTES)]


def body(content: Content) -> Mapping[str, Any]:
    """The JSON of one message."""
    match content:
        case Text():
            mentioned = {"mentioned_list": list(content.mentions)} if content.mentions else {}
            return {"msgtype": "text", "text": {"content": content.words, **mentioned}}
        case Markdown():
            return {"msgtype": "markdown", "markdown": {"content": content.words}}
        case News():
            articles = [
                {
                    "title": _bytes(one.title, TITLE_BYTES),
                    "description": _bytes(one.about, ABOUT_BYTES),
                    "url": one.url,
                    "picurl": one.picture,
                }
                for one in content.articles
            ]
            return {"msgtype": "news", "news": {"articles": articles}}
        case Card():
            return {"msgtype": "template_card", "template_card": _card(content)}


def _card(card: Card) -> Mapping[str, Any]:
    """A card to look at; with a picture it is one of news."""
    shown: dict[str, Any] = {
        "card_type": "news_notice" if card.picture else "text_notice",
        "main_title": {"title": _short(card.title, CARD_TITLE), "desc": _short(card.about, CARD_ABOUT)},
        "horizontal_content_list": [
            {"keyname": _short(name, CARD_NAME), "value": _short(said, CARD_WORDS)}
            for name, said in card.lines[:MOST_LINES]
        ],
        "card_action": {"type": 1, "url": card.url},
    }
    return {**shown, "card_image": {"url": card.picture, "aspect_ratio": RATIO}} if card.picture else shown


def _bytes(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
