"""Contests in the chat: what is asked for, sending something in, its pictures, and one's own entries."""

from uuid import UUID

from bot.form import Draft, Form, Got, Question, Slot
from bot.messages import Kind, Reply
from bot.nlu import assent, wishes
from bot.nlu import contests as words
from bot.nlu.verdict import skips
from bot.router import Router, Turn
from bot.rules import contest
from bot.rules.contest import MOST_PICTURES, PHOTO
from bot.store import contest as rows
from bot.store.contest import Contest, ContestEntry
from bot.wording import contest as say
from bot.wording import link

router = Router()
LOOK, OWN = "contest.look", "contest.own"
WHICH, TITLE, NAME = "which", "title", "name"
PAGE = "/h5/contests"
MOST_TITLE, MOST_NAME, MOST_MINE = 30, 20, 5


@router.before_all("contest")
def asked_for(turn: Turn) -> Reply | None:
    """What is asked for, to send something in, or one's own; None for everything else."""
    text = turn.message.text
    if words.asks_after_own(text):
        return _own(turn)
    wanted = words.wanted(text)
    if wanted is not None:
        return _enter(turn, wanted)
    return _look(turn) if words.asks(text) else None


@router.answer_to(LOOK, offer=True)
def chosen(turn: Turn) -> Reply | None:
    """The one that was tapped: sending something in for it."""
    if not turn.picked or turn.overheard:
        return None
    return form.go_on(turn, Draft().put(WHICH, turn.picked))


@router.answer_to(PHOTO)
def photo(turn: Turn) -> Reply | None:
    """A picture of the entry; anything else is read afresh."""
    entry = _entry(turn, str(turn.memo.get("entry", "")))
    if entry is None or turn.overheard:
        return None
    if turn.message.kind is Kind.PICTURE:
        count = contest.add_picture(turn.office, entry.id, turn.message.facts)
        text = say.picture_kept(entry.number, count, MOST_PICTURES)
        return Reply(text, PHOTO, memo=turn.memo) if count < MOST_PICTURES else Reply(text)
    return Reply(say.PHOTO_SKIPPED) if turn.message.kind is Kind.TEXT and skips(turn.message.text) else None


@router.answer_to(OWN)
def own(turn: Turn) -> Reply | None:
    """Take one back, or send its picture."""
    step, _, value = (turn.picked or "").partition(":")
    entry = _entry(turn, value)
    if entry is None or turn.overheard:
        return None
    if step == "photo":
        return Reply(say.SEND_NOW.format(most=MOST_PICTURES), PHOTO, memo={"entry": str(entry.id)})
    contest.withdraw(turn.office, entry.id, turn.resident_id)
    return Reply(say.withdrawn(entry.number))


def _look(turn: Turn) -> Reply:
    """All of it where there is one, else a list; in a group without anything to tap."""
    found = contest.shown(turn.office)
    if not found:
        return Reply(say.NONE)
    now, zone = turn.now, turn.zone
    if len(found) == 1:
        text = say.story(found[0], found[0].closes_at.astimezone(zone), is_open=found[0].is_open(now))
    else:
        text = say.listed([say.line(one, one.closes_at.astimezone(zone), is_open=one.is_open(now)) for one in found])
    if turn.overheard:
        return Reply(text)
    text = link.below(text, say.PAGE, turn.page(f"{PAGE}/{found[0].id}" if len(found) == 1 else PAGE))
    running = [one for one in found if one.is_open(now)]
    labels = [say.JOIN] if len(running) == len(found) == 1 else [one.title for one in running]
    return Reply(text, LOOK, {label: str(one.id) for label, one in zip(labels, running, strict=True)})


def _enter(turn: Turn, wanted: str) -> Reply | None:
    """Begin with what was named; what bears no contest's name may be an activity's."""
    running = contest.open_now(turn.office)
    if wanted and not any(wanted in one.title for one in running):
        return None
    if turn.overheard:
        return Reply(say.IN_GROUP)
    return form.start(turn) if running else Reply(say.NONE)


def _own(turn: Turn) -> Reply:
    """One's entries, with what may be done with each."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    found = rows.entries_of(turn.session, turn.resident_id, MOST_MINE)
    if not found:
        return Reply(say.NOTHING_SENT)
    lines, choices = [say.MINE], {}
    opened = contest.pieces(turn.office, [entry for entry, _ in found])
    for (entry, its), its_piece in zip(found, opened, strict=True):
        told = entry.prize if its.results_at is not None else ""
        lines.append(say.mine(its.title, entry.number, its_piece.title, entry.state, told))
        if contest.may_have_pictures(entry, its, turn.now):
            choices[say.ADD_PICTURE.format(number=entry.number)] = f"photo:{entry.id}"
        if entry.state in rows.LIVE:
            choices[say.WITHDRAW.format(number=entry.number)] = f"back:{entry.id}"
    return Reply("\n".join(lines), OWN if choices else None, choices)


def _entry(turn: Turn, value: str) -> ContestEntry | None:
    """Their own entry of that id."""
    try:
        entry = rows.entry(turn.session, UUID(value))
    except ValueError:
        return None
    return entry if entry is not None and entry.resident_id == turn.resident_id else None


def _chosen(turn: Turn, draft: Draft) -> Contest | None:
    return next((one for one in contest.open_now(turn.office) if str(one.id) == draft.get(WHICH)), None)


def _ask_which(turn: Turn, _draft: Draft) -> Question:
    return Question(say.WHICH, {one.title: str(one.id) for one in contest.open_now(turn.office)})


def _read_which(turn: Turn, _draft: Draft, _asked: bool) -> Got | None:
    """By its title, or a part of it that is long enough to be meant."""
    found = [one for one in contest.open_now(turn.office) if one.title.partition("（")[0] in turn.message.text]
    return Got(str(found[0].id)) if len(found) == 1 else None


def _only_one(turn: Turn, _draft: Draft) -> str:
    found = contest.open_now(turn.office)
    return str(found[0].id) if len(found) == 1 else ""


def _check_which(turn: Turn, draft: Draft, _value: str) -> str:
    return "" if _chosen(turn, draft) is not None else say.GONE


def _any(most: int, asked: bool, text: str) -> Got | None:
    """Whatever is said to that very question, but for a question back."""
    return Got(text.strip()[:most]) if asked and text.strip() and not assent.asks(text) else None


def _check_name(_turn: Turn, _draft: Draft, value: str) -> str:
    return say.PERSONAL if wishes.points_to_somebody(value) else ""


def _confirm(turn: Turn, draft: Draft) -> str:
    its = _chosen(turn, draft)
    return say.read_back(its.title if its else "", draft.get(TITLE), draft.get(NAME))


def _done(turn: Turn, draft: Draft) -> Reply:
    its = _chosen(turn, draft)
    if its is None:
        return Reply(say.GONE)
    title, name = draft.get(TITLE), draft.get(NAME)
    who, channel = turn.resident_id, turn.message.channel
    entry = contest.enter(turn.office, its.id, title=title, name=name, resident_id=who, channel=channel)
    return Reply(say.entered(its.title, entry.number, MOST_PICTURES), PHOTO, memo={"entry": str(entry.id)})


form = Form(
    "contest_entry",
    (
        Slot(WHICH, _ask_which, _read_which, say.WHICH_WORDS, recall=_only_one, check=_check_which),
        Slot(
            TITLE,
            lambda _turn, _draft: Question(say.TITLE_OF_WORK),
            lambda turn, _draft, asked: _any(MOST_TITLE, asked, turn.message.text),
            say.TITLE_WORDS,
        ),
        Slot(
            NAME,
            lambda _turn, _draft: Question(say.NAME_TO_SHOW.format(example=say.EXAMPLE_NAME)),
            lambda turn, _draft, asked: _any(MOST_NAME, asked, turn.message.text),
            say.NAME_WORDS,
            check=_check_name,
        ),
    ),
    title=lambda _turn, _draft: say.FORM_TITLE,
    confirm=_confirm,
    done=_done,
)
form.enter(router)
