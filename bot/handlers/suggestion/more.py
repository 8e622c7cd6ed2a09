"""What belongs to a suggestion just made: its kind, a place, pictures, more words, a change of mind."""

from bot.handlers.suggestion.case import memo, of_question
from bot.messages import Kind, Reply
from bot.nlu import places, wishes
from bot.nlu.heard import Outcome
from bot.nlu.verdict import skips, withdraws
from bot.nlu.wishes import Wish
from bot.router import Router, Turn
from bot.rules import place, suggestion
from bot.rules.place import Door
from bot.rules.suggestion import MORE
from bot.store.suggestion import Suggestion
from bot.wording import suggestion as say

router = Router()
KIND, WHERE, SAME = "suggestion.kind", "suggestion.where", "suggestion.same"
SHORTEST = 3  # characters of an addition
PLACE_MAY_BE = {None, "action:suggest", "action:complaint", "action:find_contact", "action:bind_profile"}
PLACE_MAY_BE |= {"action:nearest_station"}


def next_question(turn: Turn, row: Suggestion, said: str, *, asked: frozenset[str] = frozenset()) -> Reply:
    """The one question that helps most: a neighbour's, the kind, where the corner is, a picture."""
    if SAME not in asked and row.words is not None:
        other = suggestion.alike(turn.office, turn.seal.open(row.words), turn.resident_id)
        public = suggestion.heard_one(turn.office, other.number) if other is not None else None
        if public is not None:
            choices = {say.SUPPORT: public.number, say.OTHERWISE: "other"}
            return Reply(f"{said}\n\n{say.like_yours(public)}", SAME, choices, memo(row))
    if row.kind == Wish.OTHER and KIND not in asked:
        kinds = {say.WISHES[one]: one.value for one in Wish}
        return Reply(f"{said}\n\n{say.WHICH_KIND}", KIND, {**kinds, say.SKIP: "skip"}, memo(row))
    if row.kind == Wish.SPACE and row.place is None and row.building_id is None and WHERE not in asked:
        return Reply(f"{said}\n\n{say.WHERE}", WHERE, {say.SKIP: "skip"}, memo(row))
    return Reply(f"{said}\n{say.CORNER_PICTURE if row.kind == Wish.SPACE else say.PICTURE_TOO}", MORE, memo=memo(row))


@router.answer_to(SAME)
def same(turn: Turn) -> Reply | None:
    """Me too: theirs is taken back and the neighbour's supported; or it is another matter."""
    row = of_question(turn)
    if row is None or not (turn.picked or turn.none_of_them):
        return more(turn)
    if turn.picked and turn.picked != "other":
        public = suggestion.heard_one(turn.office, turn.picked)
        if public is not None:
            return supported(turn, public.number, instead_of=row)
    return next_question(turn, row, say.MORE_AGAIN, asked=frozenset({SAME}))


@router.answer_to(KIND)
def told_kind(turn: Turn) -> Reply | None:
    """One of the kinds; whatever else is said belongs to the suggestion or is read afresh."""
    row = of_question(turn)
    if row is None:
        return None
    if turn.picked in {one.value for one in Wish}:
        wish = Wish(turn.picked or "")
        suggestion.sort(turn.office, row, wish)
        return next_question(turn, row, say.sorted_as(wish), asked=frozenset({SAME, KIND}))
    return more(turn)


@router.answer_to(WHERE)
def told_where(turn: Turn) -> Reply | None:
    """Where the corner is: a shared location, a place of the chart, or words that say a place."""
    row = of_question(turn)
    if row is None:
        return None
    text = turn.message.text
    if turn.message.kind is not Kind.TEXT or turn.picked or turn.none_of_them or skips(text) or withdraws(text):
        return more(turn)
    found = places.find(text)
    named = place.named(turn.session, text, found.as_slot() if found else {})
    if turn.heard.target not in PLACE_MAY_BE or not (named.places or wishes.is_place(text)):
        return more(turn)
    door = named.only.door if named.only else Door(row.compound_id, row.building_id)
    suggestion.locate(turn.office, row, door, said=text)
    return next_question(turn, row, say.placed(named.only), asked=frozenset({SAME, KIND, WHERE}))


@router.answer_to(MORE)
def more(turn: Turn) -> Reply | None:
    """A picture, a location or words that go with it; another need is read afresh."""
    row = of_question(turn)
    if row is None:
        return None
    if turn.message.kind is Kind.PICTURE:
        suggestion.add_picture(turn.office, row, turn.message.facts)
        return Reply(f"{say.picture_added(row.number)}{say.MORE_AGAIN}", MORE, memo=memo(row))
    if turn.message.spot is not None:
        near = place.compound_at(turn.session, turn.message.spot)
        door = near.door if near else Door(row.compound_id, row.building_id)
        suggestion.locate(turn.office, row, door, spot=turn.message.spot)
        return Reply(f"{say.placed(near)}{say.MORE_AGAIN}", MORE, memo=memo(row))
    return _words(turn, row) if turn.message.kind is Kind.TEXT else None


def _words(turn: Turn, row: Suggestion) -> Reply | None:
    text = turn.message.text
    if withdraws(text):
        suggestion.withdraw(turn.office, row)
        return Reply(say.withdrawn(row.number))
    if turn.picked == "skip" or turn.none_of_them or skips(text):
        return Reply(say.NOTHING_MORE)
    if turn.picked or len(text.strip()) < SHORTEST or not _goes_on(turn):
        return None
    suggestion.add(turn.office, row, text)
    return Reply(f"{say.added(row.number)}{say.MORE_AGAIN}", MORE, memo=memo(row))


def _goes_on(turn: Turn) -> bool:
    """Whether words mean nothing that is understood otherwise."""
    may_be = any(one.target == "action:suggest" for one in turn.heard.candidates)
    return turn.heard.kind is Outcome.FALLBACK or (turn.heard.kind is Outcome.CLARIFY and may_be)


def supported(turn: Turn, number: str, *, instead_of: Suggestion | None = None) -> Reply:
    """Their support for a public suggestion counts; their own of the same is not kept beside it."""
    from_store = suggestion.public_row(turn.office, number)
    if from_store is None:
        return Reply(say.NO_SUCH_NUMBER)
    who = turn.resident_id
    is_new = suggestion.support(turn.office, from_store, resident_id=who, channel=turn.message.channel)
    if instead_of is not None:
        suggestion.withdraw(turn.office, instead_of)
    public = suggestion.heard_one(turn.office, number)
    return Reply(say.supported(number, public.supports if public else 1) if is_new else say.SUPPORTED_BEFORE)
