"""The group assistant at work: by a URL of ours that is called, or on a long connection of its own."""

from bot.delivery.assistant.afterwards import Afterwards
from bot.delivery.assistant.by_url import ByUrl
from bot.delivery.assistant.counter import Counter, Do
from bot.delivery.assistant.line import Line, LineStand, Patience
from bot.delivery.assistant.members import Members, MembersDelivery
from bot.delivery.assistant.posts import AssistantPosts
from bot.delivery.assistant.talk import Limits, Talk

__all__ = [
    "Afterwards",
    "AssistantPosts",
    "ByUrl",
    "Counter",
    "Do",
    "Limits",
    "Line",
    "LineStand",
    "Members",
    "MembersDelivery",
    "Patience",
    "Talk",
]
