"""The staff at work in WeCom: taps on cards, orders by a word, and everything else is said to the resident."""

from bot.handlers.staff import doing
from bot.handlers.staff.who import account_of
from bot.messages import SILENCE, Kind, Reply
from bot.nlu import codes, orders
from bot.nlu.heard import Outcome
from bot.nlu.orders import Order, Verb
from bot.router import Router, Turn
from bot.rules import ticket
from bot.rules.ticket import working
from bot.store.staff import Staff
from bot.wording import staff as say

router = Router().including([doing.router])
TAPPED = frozenset({Verb.TAKE, Verb.PASS_ON, Verb.SOLVE})


@router.before_all("staff")
def order(turn: Turn) -> Reply | None:
    """An order by its word, whatever was asked before; None leaves the words to the open question."""
    account = account_of(turn)
    if account is None:
        return Reply(say.no_account(turn.message.sender))
    said = orders.read(turn.message.text)
    if said.verb is Verb.SAY and said.number is None and turn.asked is not None:
        return None
    return _done(turn, account, said)


@router.outcome(Outcome.ANSWER)
@router.outcome(Outcome.ACTION)
@router.outcome(Outcome.CLARIFY)
@router.outcome(Outcome.FALLBACK)
def words(turn: Turn) -> Reply:
    """What the open question did not take is said to a resident."""
    account = account_of(turn)
    if account is None:
        return Reply(say.no_account(turn.message.sender))
    return _done(turn, account, Order(Verb.SAY, None, turn.message.text.strip()))


@router.event("template_card_event")
def tapped(turn: Turn) -> Reply:
    """A button of a card. The fresh code that comes with it is kept: by it the card is changed."""
    account = account_of(turn)
    if account is None:
        return Reply(say.no_account(turn.message.sender))
    verb = next((one for one in TAPPED if one == turn.message.event_key), None)
    task_id = turn.message.facts.get("TaskId", "")
    number = codes.ticket(task_id)  # its card's row may be a moment behind
    if verb is None or number is None:
        return SILENCE
    if code := turn.message.facts.get("ResponseCode"):
        ticket.keep_code(turn.office, task_id, account.id, code)
    return _done(turn, account, Order(verb, number.value))


@router.event("enter_agent")
def entered(turn: Turn) -> Reply:
    """Whoever has no account reads how to get one; everybody else came to read or to write."""
    return SILENCE if account_of(turn) else Reply(say.no_account(turn.message.sender))


@router.kind(Kind.PICTURE)
@router.kind(Kind.VOICE)
@router.kind(Kind.VIDEO)
@router.kind(Kind.LOCATION)
@router.kind(Kind.LINK)
def no_words(turn: Turn) -> Reply:
    return Reply(say.WORDS_ONLY if account_of(turn) else say.no_account(turn.message.sender))


def _done(turn: Turn, account: Staff, said: Order) -> Reply:
    match said.verb:
        case Verb.LIST:
            return doing.listed(turn, account)
        case Verb.WHO:
            return Reply(say.who(account.name, working.in_the_name_of(turn.office, account).title))
        case Verb.HELP:
            return Reply(say.HELP)
        case Verb.CANCEL:
            return Reply(say.CANCELLED if turn.asked else say.NOTHING_TO_CANCEL)
        case _:
            return doing.on_which(turn, account, said)
