"""The conversation's own words: hello, thanks, help, a person, cancel, and every message that is no text."""

from uuid import UUID

from bot.messages import SILENCE, Kind, Reply
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules import hand_over, learning, privacy, station
from bot.wording import desk as say
from bot.wording import hand_over as say_hand_over
from bot.wording import station as say_station

router = Router()
PICK = "desk.pick"
LOST = "desk.lost"
WHICH = "desk.which"
NONE = "none of them"
OPEN_TO_A_PERSON = {say.PERSON_CHOICE: "action:human", say.HELP_CHOICE: "action:help"}


def offering(text: str) -> Reply:
    """The words with tappable examples below."""
    return Reply(text, asks=PICK, choices=say.EXAMPLES)


@router.event("subscribe")
def welcome(_turn: Turn) -> Reply:
    return offering(say.WELCOME)


@router.event("user_authorization_revoke")
@router.event("user_authorization_cancellation")
@router.event("unsubscribe")
def farewell(turn: Turn) -> Reply:
    """Nobody reads an answer; what this person said and was to be told goes at once. Source: docs/wechat.md §1."""
    privacy.forget(turn.session, turn.resident_id)
    return SILENCE


@router.event("scan")
def scanned(_turn: Turn) -> Reply:
    return offering(say.SCANNED)


@router.event("scancode_waitmsg")
def scanned_something(_turn: Turn) -> Reply:
    return offering(say.SCAN_RESULT)


@router.event("click")
def tapped_menu(turn: Turn) -> Reply:
    """A menu key that is no target is one we have not made."""
    return offering(say.HELP)


@router.action("greet")
def greet(_turn: Turn) -> Reply:
    return offering(say.GREETING)


@router.action("thanks")
def thanks(_turn: Turn) -> Reply:
    return Reply(say.THANKS)


@router.action("help")
def help_out(_turn: Turn) -> Reply:
    return offering(say.HELP)


@router.action("human")
def human(turn: Turn) -> Reply:
    """A person of the staff where one is there; else when, and who can be reached where until then."""
    asked = hand_over.ask(turn.office, turn.resident_id, turn.message.channel, words=turn.message.text)
    now = turn.now.astimezone(turn.zone)
    return Reply(say_hand_over.asked(asked, now, say.person(_counter(turn))))


@router.action("cancel")
def cancel(turn: Turn) -> Reply:
    """Leave the current dialogue; a suggestion left open is no dialogue."""
    busy = turn.asked is not None and turn.asked not in (PICK, LOST, WHICH)
    return Reply(say.CANCELLED if busy else say.NOTHING_TO_CANCEL)


@router.answer_to(PICK, offer=True)
def picked(turn: Turn) -> Reply | None:
    """Suggestions lead to their targets by themselves; refusing them all leads to a person."""
    return human(turn) if turn.none_of_them else None


@router.outcome(Outcome.CLARIFY)
def clarify(turn: Turn) -> Reply:
    """Offer what it may have been, and a way out that is not another guess."""
    guesses = {candidate.title: candidate.target for candidate in turn.heard.candidates[:3]}
    row = learning.missed_one(turn.session, turn.heard, turn.now)
    memo = {"missed": str(row), "said": turn.heard.text}
    return Reply(say.WHICH, asks=WHICH, choices={**guesses, say.NONE_OF_THEM: NONE}, memo=memo)


@router.answer_to(WHICH)
def which(turn: Turn) -> Reply | None:
    """The choice teaches us, and then leads to its target by itself; none of them leads to a person."""
    refused = turn.none_of_them or turn.picked == NONE
    if turn.picked or refused:
        learning.meant(turn.session, UUID(str(turn.memo["missed"])), None if refused else turn.picked)
    return human(turn) if refused else None


@router.outcome(Outcome.FALLBACK)
def lost(turn: Turn) -> Reply:
    """Not understood: once with a way on, the second time a person, never a loop."""
    learning.missed_one(turn.session, turn.heard, turn.now)
    if turn.asked == LOST:
        return human(turn)
    return Reply(say.LOST, asks=LOST, choices=OPEN_TO_A_PERSON)


@router.answer_to(LOST, offer=True)
def still_lost(turn: Turn) -> Reply | None:
    return human(turn) if turn.none_of_them else None


@router.outcome(Outcome.ACTION)
def not_by_chat_yet(turn: Turn) -> Reply:
    """An action understood that no capability serves yet."""
    name = (turn.heard.target or "").removeprefix("action:")
    return Reply(say.not_by_chat_yet(turn.knowledge.action(name).title, _counter(turn)))


@router.kind(Kind.VOICE)
def voice(_turn: Turn) -> Reply:
    return Reply(say.VOICE, asks=PICK, choices=OPEN_TO_A_PERSON)


@router.kind(Kind.VIDEO)
def video(_turn: Turn) -> Reply:
    return Reply(say.VIDEO, asks=PICK, choices=OPEN_TO_A_PERSON)


@router.kind(Kind.LINK)
def link(_turn: Turn) -> Reply:
    return Reply(say.LINK)


@router.kind(Kind.CARD)
def card(_turn: Turn) -> Reply:
    return Reply(say.CARD)


@router.kind(Kind.UNKNOWN)
def unknown(_turn: Turn) -> Reply:
    return SILENCE


def _counter(turn: Turn) -> say_station.Reach | None:
    """The counter whose people can help: the community's, else the station's."""
    stations = station.serving(turn.session)
    found = stations.get("community") or stations.get("station")
    return say_station.reach(found) if found else None
