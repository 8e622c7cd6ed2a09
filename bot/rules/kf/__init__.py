"""Customer service (微信客服): a way to residents who do not follow the account, with sessions that people may take."""

from bot.rules.kf.account import CONTEXT, LINK_SCENE, Context, configure, context, hear, link, scene
from bot.rules.kf.joining import joined
from bot.rules.kf.sending import NotArrived, instead, next_rung, not_arrived, refuses
from bot.rules.kf.session import (
    BACK,
    STAFF_TOLD,
    NoSession,
    NotInWeCom,
    brought,
    changed,
    code_of,
    entered,
    hand_over_to,
    not_brought,
    stands,
)
from bot.store.kf.session import CHANNEL

__all__ = [
    "BACK",
    "CHANNEL",
    "CONTEXT",
    "LINK_SCENE",
    "STAFF_TOLD",
    "Context",
    "NoSession",
    "NotArrived",
    "NotInWeCom",
    "brought",
    "changed",
    "code_of",
    "configure",
    "context",
    "entered",
    "hand_over_to",
    "hear",
    "instead",
    "joined",
    "link",
    "next_rung",
    "not_arrived",
    "not_brought",
    "refuses",
    "scene",
    "stands",
]
