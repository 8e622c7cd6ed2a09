"""What residents say to name and phone going along: a number, a yes, a no, or something else altogether."""

import re

from bot.handlers.ticket.case import memo, of_question
from bot.handlers.ticket.contact import CONTACT, known_phone
from bot.handlers.ticket.more import more
from bot.messages import Kind, Reply
from bot.nlu.verdict import skips
from bot.router import Router, Turn
from bot.rules import forwarding
from bot.rules.forwarding import deciding
from bot.rules.ticket import MORE
from bot.wording import resident as say_resident
from bot.wording import ticket as say

router = Router()
MOST_NAME = 20  # characters
_NO_LETTERS = re.compile(r"[\d\W_]+")


@router.answer_to(CONTACT)
def told(turn: Turn) -> Reply | None:
    """What is neither a number nor a yes is no consent, and the office waits no longer; words go on as if unasked.

    Nor is a number that is only mentioned: in a longer story, or beside words against it.
    """
    opened = of_question(turn)
    if opened is None or not opened.is_open or turn.overheard:
        return None
    is_text = turn.message.kind is Kind.TEXT
    number = str(turn.heard.slots.get("phone") or "") if is_text else ""
    beside = _beside(turn.message.text) if number else ""
    no = is_text and (_says_no(turn) or (bool(number) and say_resident.speaks_against(beside)))
    phone = ""
    if is_text and not no and len(beside) <= MOST_NAME:
        phone = number or (known_phone(turn) if _says_yes(turn) else "")
    if phone:
        deciding.agree(turn.office, opened, name=beside, phone=phone)
    else:
        forwarding.go_without_waiting(turn.office, opened)
    if phone or no:
        said = say.CONTACT_KEPT if phone else say.CONTACT_NOT_KEPT
        return Reply(f"{said}\n{say.PICTURE_TOO}", MORE, memo=memo(opened))
    return more(turn)


def _says_yes(turn: Turn) -> bool:
    return turn.picked == "yes" or (turn.picked is None and say_resident.agreed(turn.message.text) is True)


def _says_no(turn: Turn) -> bool:
    text = turn.message.text
    said_no = say_resident.agreed(text) is False or say_resident.rather_not(text) or skips(text)
    return turn.picked == "no" or turn.none_of_them or (turn.picked is None and said_no)


def _beside(text: str) -> str:
    """What stands beside the number: where it is short, how they call themselves."""
    return _NO_LETTERS.sub(" ", text).strip()
