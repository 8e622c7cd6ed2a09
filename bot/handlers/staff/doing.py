"""What is done with a ticket: take it, pass it on, call it solved, hand it back, tell its resident something."""

from uuid import UUID

from bot.errors import Refusal
from bot.handlers.staff.who import account_of
from bot.messages import Reply
from bot.nlu import orders
from bot.nlu.orders import Order, Verb
from bot.router import Router, Turn
from bot.rules import post, ticket
from bot.rules.ticket import working
from bot.store import ticket as tickets
from bot.store.staff import Staff
from bot.store.ticket import Ticket, What
from bot.wording import explain
from bot.wording import staff as say

router = Router()
WHICH, WORDS, TO_WHOM, SHOW = "staff.which", "staff.words", "staff.to_whom", "staff.show"
MOST = 10


def listed(turn: Turn, account: Staff) -> Reply:
    """The open tickets of their post, each to be shown."""
    theirs = [ticket.seen(turn.office, one) for one in working.held(turn.office, account)]
    if not theirs:
        return Reply(say.NONE_OPEN)
    now = turn.now.astimezone(turn.zone)
    choices = {say.in_a_list(one, now): one.number for one in theirs[:MOST]}
    return Reply(say.open_ones(len(theirs), MOST), asks=SHOW, choices=choices)


@router.answer_to(SHOW)
def shown(turn: Turn) -> Reply | None:
    """A card of the one that was picked."""
    account = account_of(turn)
    found = working.named(turn.office, account, turn.picked) if account and turn.picked else None
    if account is None or found is None:
        return None
    ticket.tell_one(turn.office, found, ticket.News.ASKED_FOR, staff_id=account.id, person_id=turn.resident_id)
    return Reply(say.coming(found.number))


def on_which(turn: Turn, account: Staff, said: Order) -> Reply:
    """Do it with the ticket that was named, else with the one they have in mind, else ask which."""
    if said.number is not None:
        found = working.named(turn.office, account, said.number)
        return do(turn, account, found, said) if found else Reply(say.not_yours(said.number))
    if said.verb is Verb.SAY and orders.is_courtesy(said.words):
        return Reply(say.COURTESY)
    in_mind = working.in_mind(turn.office, account)
    if in_mind is not None:
        return do(turn, account, in_mind, said)
    theirs = [ticket.seen(turn.office, one) for one in working.held(turn.office, account)[:MOST]]
    if not theirs:
        return Reply(say.NONE_OPEN)
    now = turn.now.astimezone(turn.zone)
    choices = {say.in_a_list(one, now): one.number for one in theirs}
    return Reply(say.WHICH, asks=WHICH, choices=choices, memo={"verb": said.verb.value, "words": said.words})


@router.answer_to(WHICH)
def which(turn: Turn) -> Reply | None:
    """The one that was picked, with what was wanted of it."""
    account = account_of(turn)
    found = working.named(turn.office, account, turn.picked) if account and turn.picked else None
    if account is None or found is None:
        return None
    said = Order(Verb(str(turn.memo["verb"])), found.number, str(turn.memo["words"]))
    return do(turn, account, found, said)


def do(turn: Turn, account: Staff, found: Ticket, said: Order) -> Reply:
    """Do it, or ask for the one thing that is missing. Where it cannot be done any more the cards say so too."""
    try:
        return _done(turn, account, found, said)
    except Refusal as refusal:
        ticket.show(turn.office, found)
        return Reply(explain(refusal))


def _done(turn: Turn, account: Staff, found: Ticket, said: Order) -> Reply:
    by = working.in_the_name_of(turn.office, account)
    match said.verb:
        case Verb.TAKE:
            if found.is_open and post.has(account, found) and working.is_at_work(found):
                return Reply(say.yours_already(found.number))
            ticket.tell(turn.office, found.id, What.TAKEN, by=by)
            return Reply(say.taken(ticket.seen(turn.office, found)))
        case Verb.PASS_ON:
            return _to_whom(turn, found)
        case Verb.SOLVE if said.words:
            ticket.tell(turn.office, found.id, What.SOLVED, by=by, note=said.words)
            return Reply(say.solved(found.number))
        case Verb.HAND_BACK if said.words:
            back = ticket.hand_back(turn.office, found.id, by=by, reason=said.words)
            return Reply(say.handed_back(back.number, back.holder))
        case Verb.SAY if said.words:
            ticket.tell(turn.office, found.id, What.ANSWERED, by=by, note=said.words)
            return Reply(say.answered(found.number))
        case _:
            return _ask_words(turn, found, said.verb)


def _ask_words(turn: Turn, found: Ticket, verb: Verb) -> Reply:
    working.must_be_open(turn.office, found)
    memo = {"ticket": str(found.id), "verb": verb.value}
    return Reply(say.asks_words(found.number, verb.value), asks=WORDS, memo=memo)


@router.answer_to(WORDS)
def words(turn: Turn) -> Reply | None:
    """What was asked for: how it was solved, why it is handed back, what the resident is to read."""
    account, found = account_of(turn), _of_question(turn)
    if account is None or found is None or not turn.message.text.strip():
        return None
    return do(turn, account, found, Order(Verb(str(turn.memo["verb"])), found.number, turn.message.text.strip()))


def _to_whom(turn: Turn, found: Ticket) -> Reply:
    working.must_be_open(turn.office, found)
    posts = {one.title: str(one.contact_id) for one in working.may_go_to(turn.office, found)}
    if not posts:
        return Reply(say.NOBODY_ELSE)
    return Reply(say.to_whom(found.number), asks=TO_WHOM, choices=posts, memo={"ticket": str(found.id)})


@router.answer_to(TO_WHOM)
def to_whom(turn: Turn) -> Reply | None:
    """The post that was picked; the question stays for anything else."""
    account, found = account_of(turn), _of_question(turn)
    if account is None or found is None:
        return None
    owners = {str(one.contact_id): one for one in working.may_go_to(turn.office, found)}
    if turn.picked not in owners:
        return _to_whom(turn, found)
    to = owners[turn.picked]
    try:
        by = working.in_the_name_of(turn.office, account)
        ticket.pass_on(turn.office, found.id, to, by=by)
    except Refusal as refusal:
        ticket.show(turn.office, found)
        return Reply(explain(refusal))
    return Reply(say.passed_on(found.number, to.title))


def _of_question(turn: Turn) -> Ticket | None:
    return tickets.ticket(turn.session, UUID(str(turn.memo["ticket"])))
