"""Polls in the chat: what can be voted on, one's vote by a tap, and how it ended."""

from uuid import UUID

from bot.messages import Reply
from bot.nlu import polls as words
from bot.router import Router, Turn
from bot.rules import poll
from bot.store import poll as rows
from bot.store.poll import Poll
from bot.wording import link
from bot.wording import poll as say

router = Router()
WHICH, VOTE = "poll.which", "poll.vote"
PAGE = "/h5/polls"
DONE = "done"
MOST_RESULTS = 3


@router.before_all("poll")
def asked_for(turn: Turn) -> Reply | None:
    """What they may vote on, or how the last ones ended; None for everything else."""
    text = turn.message.text
    if words.asks_for_results(text):
        return _results(turn)
    return _open(turn) if words.asks(text) else None


@router.answer_to(WHICH)
def which(turn: Turn) -> Reply | None:
    """The one that was tapped."""
    row = _one(turn, turn.picked) if turn.picked else None
    return _question(turn, row) if row is not None else None


@router.answer_to(VOTE)
def vote(turn: Turn) -> Reply | None:
    """The option that was tapped; of several each in turn, or their numbers at once."""
    row = _one(turn, str(turn.memo.get("poll", "")))
    if row is None:
        return Reply(say.GONE) if turn.picked else None
    before = turn.memo.get("chosen")
    chosen = [int(str(one)) for one in before] if isinstance(before, list) else []
    if row.most > 1 and turn.picked is None:
        chosen = [number - 1 for number in words.numbers(turn.message.text)]
        return _voted(turn, row, chosen) if chosen else None
    if turn.picked == DONE:
        return _voted(turn, row, chosen)
    if turn.picked is None or not turn.picked.isdigit():
        return None
    chosen = list(dict.fromkeys([*chosen, int(turn.picked)]))
    if row.most == 1 or len(chosen) == row.most:
        return _voted(turn, row, chosen[-row.most :])
    return _more(row, chosen)


def _open(turn: Turn) -> Reply:
    if turn.overheard:
        return Reply(say.IN_GROUP)
    found = poll.open_for(turn.office, turn.resident_id)
    if not found:
        return Reply(say.NONE)
    if len(found) == 1:
        return _question(turn, found[0])
    text = link.below(say.WHICH, say.PAGE, turn.page(PAGE))
    return Reply(text, WHICH, {one.question: str(one.id) for one in found})


def _question(turn: Turn, row: Poll) -> Reply:
    closes = row.closes_at.astimezone(turn.zone)
    voted = poll.voted(turn.office, row, turn.resident_id)
    text = say.question(row, closes, voted=voted)
    choices = {option: str(place) for place, option in enumerate(row.options)}
    return Reply(text, VOTE, choices, {"poll": str(row.id)})


def _more(row: Poll, chosen: list[int]) -> Reply:
    """What was chosen so far, and the others to tap."""
    left = {option: str(place) for place, option in enumerate(row.options) if place not in chosen}
    text = say.chosen_so_far([row.options[one] for one in chosen], row.most - len(chosen))
    return Reply(text, VOTE, {**left, say.DONE: DONE}, {"poll": str(row.id), "chosen": chosen})


def _voted(turn: Turn, row: Poll, chosen: list[int]) -> Reply:
    poll.vote(turn.office, row.id, turn.resident_id, chosen)
    closes = row.closes_at.astimezone(turn.zone)
    text = say.voted([row.options[one] for one in sorted(set(chosen))], closes)
    if poll.shows_result(turn.office, row, has_voted=True):
        return Reply(f"{text}\n\n{say.result(row, poll.totals(turn.office, row), final=False)}")
    return Reply(f"{text}\n{say.later(closes)}")


def _results(turn: Turn) -> Reply:
    """How what ended lately ended; in a group only what was put to everybody."""
    who = None if turn.overheard else turn.resident_id
    found = poll.ended_for(turn.office, who)[:MOST_RESULTS]
    if not found:
        return Reply(say.NO_RESULTS)
    said = [say.result(one, poll.totals(turn.office, one), final=True) for one in found]
    return Reply(link.below("\n\n".join(said), say.PAGE, turn.page(PAGE)))


def _one(turn: Turn, value: str | None) -> Poll | None:
    """The poll of a choice, while this person may vote in it."""
    try:
        row = rows.poll(turn.session, UUID(value or ""))
    except ValueError:
        return None
    is_open = row is not None and row.is_open(turn.now) and not turn.overheard
    return row if row is not None and is_open and poll.is_asked(turn.office, row, turn.resident_id) else None
