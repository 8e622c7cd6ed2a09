"""What the assistant says becomes bubbles: the platform's checks, whichever way it came."""

from __future__ import annotations

from bot.simulator.errors import PlatformError
from bot.simulator.jsons import Body
from bot.simulator.wecom.bot import cards
from bot.simulator.wecom.bot.chats import ASSISTANT, Bubble
from bot.simulator.wecom.bot.world import World
from bot.simulator.wecom.errors import Refusal

MOST_BYTES = 20_480
FEEDBACK_BYTES = 256


def answer(world: World, chat: str, body: Body) -> Bubble:
    """A reply to a message. Raises Refusal for what the platform would not take."""
    kind = body.text("msgtype", 40008)
    if kind == "stream":
        return _stream(world, chat, body.table("stream", 40058))
    if kind == "template_card":
        return _card(world, chat, body.table("template_card", 40058))
    raise Refusal(40008, kind)


def welcome(world: World, chat: str, body: Body) -> Bubble:
    """What is said to somebody who opens the chat."""
    if body.text("msgtype", 40008) == "template_card":
        return _card(world, chat, body.table("template_card", 40058))
    return _said(world, chat, "text", body.table("text", 44004).text("content", 44004))


def pushed(world: World, chat: str, body: Body) -> Bubble:
    """A message of its own: markdown or a card, no text."""
    kind = body.text("msgtype", 40008)
    if kind == "markdown":
        return _said(world, chat, "markdown", body.table("markdown", 44004).text("content", 44004))
    if kind == "template_card":
        return _card(world, chat, body.table("template_card", 40058))
    raise Refusal(40008, kind)


def update(world: World, chat: str, task_id: str, body: Body) -> Bubble:
    """Another card in the place of the one that was tapped."""
    if body.text_or("response_type") != "update_template_card":
        raise Refusal(40058, "response_type")
    card = cards.checked(body.table("template_card", 40058))
    there = world.chats.card(chat, task_id)
    if there is None or card["task_id"] != task_id:
        raise Refusal(40058, "task_id")
    return world.show(world.chats.change(there.id, card=card, changed=True))


def _stream(world: World, chat: str, body: Body) -> Bubble:
    stream, text = body.text("id", 40058), _within(body.text("content", 44004))
    there = world.chats.streaming(stream)
    feedback = body.table_or_none("feedback")
    if feedback is not None and (there is not None or len(feedback.text("id", 40058).encode()) > FEEDBACK_BYTES):
        raise Refusal(40058, "feedback")
    if there is not None and there.finished:
        raise Refusal(846608)
    bubble = there or world.chats.add(chat, ASSISTANT, "stream", world.now())
    return world.show(world.chats.change(bubble.id, text=text, stream=stream, finished=body.flag("finish")))


def _card(world: World, chat: str, body: Body) -> Bubble:
    card = cards.checked(body)
    world.new_card(body.text("task_id"))
    bubble = world.chats.add(chat, ASSISTANT, "card", world.now())
    return world.show(world.chats.change(bubble.id, card=card))


def _said(world: World, chat: str, kind: str, text: str) -> Bubble:
    return world.show(world.chats.add(chat, ASSISTANT, kind, world.now(), text=_within(text)))


def _within(text: str) -> str:
    if len(text.encode()) > MOST_BYTES:
        raise Refusal(45002)
    return text


def refusal(error: Refusal | PlatformError) -> Refusal:
    """Whatever was wrong with it, as the platform's own code."""
    return error if isinstance(error, Refusal) else Refusal(error.code if error.code != 47001 else 40058)
