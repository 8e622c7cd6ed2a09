"""Everything said in a group, where others read along."""

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from bot.conversation import Answered, Conversation
from bot.messages import Message
from tests.support.town import Town


class GroupTalk:
    """The same conversation, every message in a group."""

    def __init__(self, talk: Conversation) -> None:
        self._talk = talk

    def answer(self, session: Session, message: Message, *, in_time: Callable[[], bool] = lambda: True) -> Answered:
        return self._talk.answer(session, replace(message, channel="group"), in_time=in_time)


def in_a_group(town: Town) -> Town:
    """The town as it talks in a group."""
    return replace(town, talk=GroupTalk(town.talk))  # type: ignore[arg-type]
