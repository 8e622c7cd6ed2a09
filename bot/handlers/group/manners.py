"""How the assistant behaves where others read along, in one place for every channel: brief, open, nobody's own."""

from dataclasses import replace

from bot.messages import SILENCE, Kind, Reply
from bot.nlu import danger
from bot.nlu.heard import Outcome
from bot.router import TARGETS, Router, Turn
from bot.rules import group
from bot.rules.group import Patience
from bot.wording import danger as say_danger
from bot.wording import group as say

# What anybody may ask and read in front of everybody; whatever else an action is about is somebody's own.
OPEN = frozenset(
    {"greet", "thanks", "help", "cancel", "nearest_station", "list_courses", "list_activities", "mutual_aid"}
)
PARCEL = "action:open_locker"
SPEAKS = frozenset({"assistant_called", "assistant_media"})  # events by which somebody wants an answer
FAQ_LINES, FAQ_CHARACTERS = 4, 140
LIST_LINES, LIST_CHARACTERS = 10, 400
MOST_CHOICES = 3


def among_people(turn: Turn, router: Router) -> Reply:
    """The answer to what was said in a group. Danger goes before everything, and is never said too often."""
    if turn.message.kind is Kind.EVENT and turn.message.event not in SPEAKS:
        return router.reply(turn)
    found = danger.find(turn.message.text) if turn.message.kind is Kind.TEXT else None
    if found is not None:
        group.cried_out(turn.office, turn.message.channel, turn.message.group, found.value)
        return Reply(_leading(turn, f"{say_danger.card(found)}\n{say_danger.IN_GROUP}", ""))
    match group.patience(turn.office, turn.message.channel, turn.message.group, turn.resident_id):
        case Patience.SAY_SO:
            return Reply(say.ENOUGH)
        case Patience.SILENT:
            return SILENCE
    if turn.message.kind is Kind.EVENT:
        return router.reply(turn)
    if turn.message.kind in (Kind.PICTURE, Kind.VOICE, Kind.VIDEO):
        return Reply(say.ONLY_WORDS)
    code = say.registers(turn.message.text)
    if code:
        return Reply(say.registered(group.register(turn.office, turn.message.channel, turn.message.group, code).name))
    return _answered(turn, router)


def is_open(target: str) -> bool:
    """Whether it may be talked about in front of everybody."""
    return target.startswith("faq:") or target.removeprefix("action:") in OPEN


def _answered(turn: Turn, router: Router) -> Reply:
    """What is open is answered; what is somebody's own is acknowledged, and goes on in private."""
    targets = _targets(turn)
    own = [target for target in targets if not is_open(target)]
    if not own and "code" in turn.heard.slots:  # whoever says a code means their parcel, whatever else is meant
        own = [PARCEL]
    if not own:
        return _spoken(turn, router.reply(turn))
    acknowledged = _leading(turn, say.acknowledged(own[0]), own[0])
    rest = tuple(target for target in targets if is_open(target))
    if not rest or turn.picked:
        return Reply(acknowledged)
    kind = Outcome.ANSWER if rest[0].startswith("faq:") else Outcome.ACTION
    heard = replace(turn.heard, kind=kind, target=rest[0], targets=rest)
    answered = _short(turn, router.reply(replace(turn, heard=heard)).text)
    return Reply(f"{answered}\n\n{acknowledged}")


def _targets(turn: Turn) -> tuple[str, ...]:
    """What it is about, in the order it was said."""
    if turn.picked and turn.picked.startswith(TARGETS):
        return (turn.picked,)
    if turn.picked is None and turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER) and turn.heard.target:
        return turn.heard.targets or (turn.heard.target,)
    return ()


def _spoken(turn: Turn, reply: Reply) -> Reply:
    """An answer as a group reads it: no dialogue begins here, and what is longer goes on in private."""
    if not reply.text:
        return SILENCE
    if turn.heard.kind is Outcome.FALLBACK and turn.picked is None:
        return Reply(_leading(turn, say.NOT_SURE, ""))
    text = _short(turn, reply.text)
    about = (_targets(turn) or ("",))[0]
    if say.PRIVATELY in text:
        text = _leading(turn, text, about)
    elif text != reply.text.strip():
        text = _leading(turn, f"{text}\n{say.MORE}", about)
    choices = {say.discreet(label): value for label, value in reply.choices.items() if _may_follow(value)}
    choices = dict(list(choices.items())[:MOST_CHOICES])
    asks = reply.asks if choices and turn.heard.kind is not Outcome.ANSWER else None
    return Reply(text, asks, choices if asks else {}, reply.memo if asks else {})


def _may_follow(value: str) -> bool:
    """A choice that leads to a target does not begin a dialogue by itself."""
    return value.startswith(TARGETS) or value == "none of them"


def _short(turn: Turn, text: str) -> str:
    faq = (_targets(turn) or ("",))[0].startswith("faq:")
    lines, characters = (FAQ_LINES, FAQ_CHARACTERS) if faq else (LIST_LINES, LIST_CHARACTERS)
    return say.discreet(say.brief(text, lines, characters))


def _leading(turn: Turn, text: str, about: str) -> str:
    """The words, and below them the link by which the person goes on without saying it again."""
    words = _words(turn)
    if not turn.public_url or not words:
        return text
    where = group.in_chat(turn.office, turn.message.channel, turn.message.group)
    token = group.carry(turn.office, turn.resident_id, words, about=about, group_id=where.id if where else None)
    return say.leads(text, f"{turn.public_url.rstrip('/')}/h5/go/{token}")


def _words(turn: Turn) -> str:
    """What the person wants, as they would say it in private: a number that took a choice is its title."""
    layer, _, name = (turn.picked or "").partition(":")
    if layer == "action":
        return turn.knowledge.action(name).title
    return turn.knowledge.entry(name).question if layer == "faq" else turn.message.text.strip()
