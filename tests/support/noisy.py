"""A program in which everything goes wrong with somebody's data in its hands; its stderr is what an operator reads.

Run as `python -m tests.support.noisy text|json`.
"""

import logging
import sys
from datetime import datetime

import structlog

from bot import logs
from bot.conversation import Conversation
from bot.messages import Reply
from bot.nlu import ActionCard, Entry
from bot.nlu.heard import Outcome, Understanding
from bot.privacy import Seal
from bot.router import Router, Turn
from bot.store import open_store, resident, schema
from tests.support.town import CHENGDU, Town

OPENID = "oZ9_yXwVuTsRqPoNmLkJiHgFeDc-"
PHONE = "13800000000"
SPACED_PHONE = "138 0000 0000"
CODE = "483920"
IDENTITY = "51010019491001001X"
DOOR = "2单元501"
PERSONAL = (OPENID, PHONE, SPACED_PHONE, CODE, IDENTITY, DOOR)
ALL_OF_IT = f"我是{PHONE}（{SPACED_PHONE}），微信{OPENID}，取件码{CODE}，身份证{IDENTITY}，住3栋{DOOR}"


class Deaf:
    """Understands nothing, so that every text comes to the same counter."""

    def understand(self, text: str, now: datetime) -> Understanding:
        return Understanding(text, Outcome.FALLBACK)

    def entry(self, name: str) -> Entry:
        raise KeyError(name)

    def action(self, name: str) -> ActionCard:
        raise KeyError(name)


def break_down(turn: Turn) -> Reply:
    """A bug that has the whole message in its words, or one that the database finds."""
    if turn.message.text.startswith("库"):
        resident.register(turn.session, channel=turn.message.channel, sender=turn.message.sender, now=turn.now)
    raise ValueError(f"cannot serve {turn.message.sender}: {turn.message.text}")


def main(form: str) -> None:
    logs.configure(level="DEBUG", form=form)
    store = open_store("sqlite://")
    schema.create(store)
    table = Router()
    table.outcome(Outcome.FALLBACK)(break_down)
    town = Town(store, Conversation(table, Deaf(), Seal("s" * 40), CHENGDU))
    town.resident(OPENID).says(ALL_OF_IT)
    town.resident(OPENID).says(f"库{ALL_OF_IT}")
    log = structlog.get_logger()
    log.info("said", text=ALL_OF_IT, facts={"phone": PHONE, OPENID: [CODE]}, error=ValueError(ALL_OF_IT))
    log.info("counted", size=123456, waiting=7)
    try:
        raise KeyError(ALL_OF_IT)
    except KeyError:
        logging.getLogger("aiohttp.server").exception("Error handling request of %s", OPENID)


if __name__ == "__main__":
    main(sys.argv[1])
