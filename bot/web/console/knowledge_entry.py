"""One entry of the knowledge base: written, looked at as residents will, tried on past messages, then published."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.handlers.faq import filled as with_facts
from bot.nlu import Entry, Understander
from bot.nlu.faq import Finding, Level, check_one
from bot.nlu.replay import Change, replay
from bot.privacy import masked
from bot.rules import knowledge_edit, knowledge_gap
from bot.rules.access import READERS
from bot.rules.knowledge_edit import Known
from bot.web.console.form import Filled, Form, version_of
from bot.web.console.knowledge import KNOWLEDGE, WRITERS, newest
from bot.web.console.page import Answer, Beside, Go, Handler, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording import knowledge as say

pages = Pages()
ENTRY = KNOWLEDGE + "/{id}"
REPLAY_SECONDS = 8.0
MOST_SHOWN = 20  # changes of each kind
MOST_WAYS, MOST_TRIED = 200, 40
HAND_PICKED = 2  # actions and related questions that the form offers to choose
NOTHING = say.SINGLE


class Typed(BaseModel):
    """An entry as it is typed."""

    question: str = About(title=say.FIELDS["question"][0], description=say.FIELDS["question"][1], max_length=100)
    ask: str = About(default="", title=say.FIELDS["ask"][0], description=say.FIELDS["ask"][1], max_length=8000)
    answer: str = About(title=say.FIELDS["answer"][0], description=say.FIELDS["answer"][1], max_length=1700)
    source: str = About(title=say.FIELDS["source"][0], description=say.FIELDS["source"][1], max_length=400)
    reviewed: date = About(title=say.FIELDS["reviewed"][0], description=say.FIELDS["reviewed"][1])
    expires: date | None = About(default=None, title=say.FIELDS["expires"][0], description=say.FIELDS["expires"][1])
    topic: str = About(title=say.FIELDS["topic"][0], description=say.FIELDS["topic"][1])
    action1: str = About(default=NOTHING, title=say.FIELDS["action1"][0], description=say.FIELDS["action1"][1])
    action2: str = About(default=NOTHING, title=say.FIELDS["action2"][0])
    related1: str = About(default=NOTHING, title=say.FIELDS["related1"][0])
    related2: str = About(default=NOTHING, title=say.FIELDS["related2"][0])

    def entry(self, id: str, before: Entry | None) -> Entry:
        """In the shape of the files; what the form has no field for stays as it was."""
        ways = list(dict.fromkeys(line.strip() for line in self.ask.splitlines() if line.strip()))
        actions, related = (self.action1, self.action2), (self.related1, self.related2)
        return Entry(
            id=id,
            question=self.question,
            ask=tuple(ways[:MOST_WAYS]),
            answer=self.answer,
            source=self.source,
            reviewed=self.reviewed,
            expires=self.expires,
            actions=(*_chosen(actions), *(before.actions[HAND_PICKED:] if before else ())),
            related=(*_chosen(related), *(before.related[HAND_PICKED:] if before else ())),
            topic=self.topic,
        )


def _chosen(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name not in ("", NOTHING)))


def values(entry: Entry) -> dict[str, object]:
    """What stands in the fields."""
    actions, related = (*entry.actions, NOTHING, NOTHING), (*entry.related, NOTHING, NOTHING)
    return {
        "question": entry.question,
        "ask": "\n".join(entry.ask),
        "answer": entry.answer,
        "source": entry.source,
        "reviewed": entry.reviewed,
        "expires": entry.expires,
        "topic": entry.topic,
        "action1": actions[0],
        "action2": actions[1],
        "related1": related[0],
        "related2": related[1],
    }


@pages.get(KNOWLEDGE + "/new", roles=WRITERS)
def new(visit: Visit) -> Answer:
    """An empty entry, or one with the ways in which people asked in vain."""
    ids = [uuid_of(text) for text in visit.asked.query.get("rows", "").split(",")[: knowledge_gap.MOST_WAYS]]
    ways = knowledge_gap.ways(visit.office, [one for one in ids if one is not None])
    given: dict[str, object] = {"reviewed": visit.office.today, "topic": _topics(newest(visit))[0]}
    given |= dict.fromkeys(("action1", "action2", "related1", "related2"), NOTHING)
    given |= {"question": ways[0][:100], "ask": "\n".join(ways[1:] or ways)} if ways else {}
    return _page(visit, knowledge_edit.new_id(), None, form(visit, "").shown(given))


@pages.get(ENTRY, roles=READERS)
def show(visit: Visit) -> Answer:
    """One entry as it stands."""
    one = found(visit)
    if one is None:
        raise NotThere
    facts = {"answer": _answer(visit, one.entry), "offers": _offers(one.entry, newest(visit))}
    return _page(visit, one.entry.id, one, form(visit, one.entry.id).shown(values(one.entry)), facts)


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The form again: what stands there now beside what was typed."""
    one = found(visit)
    return _page(visit, visit.asked.path["id"], one, _again(visit, one, {}), {"error": explain(refusal)}, status=409)


@pages.post(ENTRY, roles=WRITERS, refused=refused)
def save(visit: Visit) -> Answer:
    """Look at it first; what was looked at and is the same still may be published."""
    one, id = found(visit), visit.asked.path["id"]
    if one is None and not knowledge_edit.is_own(id):
        raise NotThere
    typed = form(visit, id).read(visit.asked, values(one.entry) if one is not None else None)
    if isinstance(typed, Filled):
        return _page(visit, id, one, typed, status=409 if typed.theirs else 422)
    entry = typed.entry(id, one.entry if one is not None else None)
    findings = check_one(entry, _others(visit), list(newest(visit).actions.values()), visit.office.today)
    wrong = dict(map(say.flaw, (found for found in findings if found.level is Level.ERROR)))
    if wrong:
        return _page(visit, id, one, _again(visit, one, wrong), status=422)
    if visit.asked.form.get("again") or visit.asked.form.get("seen") != _digest(visit):
        return Beside(_looked_at(visit, entry, findings))
    knowledge_edit.publish(visit.office, entry, version=one.version if one is not None else 0, by=visit.me.staff_id)
    visit.noted("knowledge.published", id)
    return Go(f"{KNOWLEDGE}/{id}", "knowledge_published")


@pages.post(ENTRY + "/hide", roles=WRITERS, refused=refused)
def hide(visit: Visit) -> Answer:
    return _moved(visit, "hidden")


@pages.post(ENTRY + "/show", roles=WRITERS, refused=refused)
def show_again(visit: Visit) -> Answer:
    return _moved(visit, "shown")


@pages.post(ENTRY + "/back", roles=WRITERS, refused=refused)
def back(visit: Visit) -> Answer:
    """As the file has it."""
    return _moved(visit, "left_to_files")


def _moved(visit: Visit, what: str) -> Answer:
    one = found(visit)
    if one is None or visit.asked.form.get("version", "") != str(one.version):
        raise NotThere if one is None else knowledge_edit.EditedMeanwhile
    if what == "left_to_files":
        knowledge_edit.leave_to_files(visit.office, one)
    else:
        step = knowledge_edit.hide if what == "hidden" else knowledge_edit.show_again
        step(visit.office, one, by=visit.me.staff_id)
    visit.noted(f"knowledge.{what}", one.entry.id)
    return Go(f"{KNOWLEDGE}/{one.entry.id}" if one.in_files or what != "left_to_files" else KNOWLEDGE, "saved")


def found(visit: Visit) -> Known | None:
    return knowledge_edit.known(visit.office, newest(visit).in_files, visit.asked.path["id"])


def form(visit: Visit, id: str) -> Form[Typed]:
    """The form with what can be chosen today."""
    now = newest(visit)
    none = (NOTHING, say.NOT_ADDED)
    actions = [none, *((card.name, card.title) for card in now.actions.values() if card.matched)]
    related = [none, *((entry.id, entry.question) for entry in now.entries.values() if entry.id != id)]
    topics = [(topic, topic) for topic in _topics(now)]
    choices = {"topic": topics, "action1": actions, "action2": actions, "related1": related, "related2": related}
    return Form(Typed, choices=choices, kinds={"expires": "date"})


def _topics(now: Understander) -> list[str]:
    return sorted({entry.topic for entry in now.in_files.values()})


def _others(visit: Visit) -> list[Entry]:
    return [one.entry for one in knowledge_edit.all_known(visit.office, newest(visit).in_files) if not one.hidden]


def _looked_at(visit: Visit, entry: Entry, findings: Sequence[Finding]) -> Callable[[], Handler]:
    """How it would be with this entry: indexed and tried beside the desk, for it takes some seconds."""
    now, at, seal = newest(visit), visit.office.now.astimezone(visit.office.zone), visit.office.seal
    live = knowledge_edit.with_entry(knowledge_edit.live(visit.office), entry)
    past = knowledge_gap.past_messages(visit.office)

    def work() -> Handler:
        then = now.knowing(live)
        asked = [(str(seal.open_json(said)["text"]), when) for said, when in past]
        told = replay(now, then, asked, seconds=REPLAY_SECONDS)
        ways = [(way, title(now, now.understand(way, at).target)) for way in (entry.question, *entry.ask)[:MOST_TRIED]]
        facts = {
            "ways": ways,
            "summary": say.summary(told),
            "mended": [_shown(change, now, then) for change in told.mended[:MOST_SHOWN]],
            "spoiled": [_shown(change, now, then) for change in told.spoiled[:MOST_SHOWN]],
            "warnings": [say.flaw(one)[1] for one in findings],
            "offers": _offers(entry, then),
        }
        return lambda later: _seen(later, entry, facts)

    return work


def _seen(visit: Visit, entry: Entry, facts: Mapping[str, object]) -> Answer:
    visit.noted("knowledge.tried", entry.id)
    facts = {**facts, "answer": _answer(visit, entry), "seen": _digest(visit)}
    return _page(visit, entry.id, found(visit), _again(visit, found(visit), {}), facts)


def _shown(change: Change, now: Understander, then: Understander) -> tuple[str, int, str, str]:
    return masked(change.text), change.times, title(now, change.before), title(then, change.after)


def title(known: Understander, target: str | None) -> str:
    """What a target is called."""
    if target is None:
        return say.NOBODY
    kind, _, name = target.partition(":")
    if kind == "faq":
        return known.entries[name].question if name in known.entries else name
    return known.actions[name].title if name in known.actions else name


def _answer(visit: Visit, entry: Entry) -> str:
    return with_facts(visit.office.session, entry.answer, visit.office.now.astimezone(visit.office.zone))


def _offers(entry: Entry, known: Understander) -> list[str]:
    """What can be tapped below the answer."""
    actions = [known.actions[name].title for name in entry.actions if name in known.actions]
    return [*actions, *(known.entries[id_].question for id_ in entry.related[:2] if id_ in known.entries)][:4]


def _again(visit: Visit, one: Known | None, wrong: Mapping[str, str]) -> Filled:
    return form(visit, one.entry.id if one is not None else "").again(visit.asked, wrong)


def _digest(visit: Visit) -> str:
    """A short name for exactly what is typed."""
    return version_of({name: visit.asked.form.get(name, "") for name in Typed.model_fields})


def _page(
    visit: Visit,
    id: str,
    one: Known | None,
    filled: Filled,
    facts: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> View:
    given = {"answer": "", "error": "", "seen": "", "ways": (), "summary": "", "offers": (), "warnings": ()}
    given |= {"mended": (), "spoiled": ()}
    about = {
        "id": id,
        "one": one,
        "filled": filled,
        "words": say,
        "may_write": visit.me.role in WRITERS,
        "stale": one is not None and one.is_stale(visit.office.today),
        "most": MOST_SHOWN,
    }
    return View("knowledge_entry.html", {**given, **about, **(facts or {})}, status)


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
