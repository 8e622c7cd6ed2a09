"""`python -m bench.eval`: how well messages are understood, on labelled ones, beside what everybody tries first."""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from bench.baselines import BASELINES, always, as_careful_as
from bench.labelled import SETS, Heard, Labelled, figures, is_right, is_wrong, read
from bench.people import ROOT
from bot.nlu import Understander, actions, load_understander, slots
from bot.nlu.faq import entries
from bot.nlu.heard import Outcome
from bot.nlu.noise import Noise
from bot.nlu.phrases import ways_to_ask
from tests import test_slots

NOW = datetime.fromisoformat("2026-11-22T10:00:00+08:00")
FAQ = ROOT / "faq"
HEAD = ["messages", "right", "right or offered", "wrong", "out of scope answered"]
NEVER_LOOKED_AT = "second person"
NOT_FITTED = ("held out", NEVER_LOOKED_AT)
Judged: TypeAlias = list[tuple[Labelled, Heard]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.eval", description=__doc__)
    parser.add_argument("--mistakes", action="store_true", help="list them too, but for the set nobody may tune on")
    mistakes = parser.parse_args().mistakes
    for part in parts(load_understander(FAQ), read(), mistakes=mistakes):
        print(part, end="\n\n")


def parts(known: Understander, messages: Sequence[Labelled], *, mistakes: bool) -> Iterator[str]:
    """By set, beside the baselines, by style, by group, the slots; at last the mistakes where they are wanted."""
    ours = [(one, _heard(known, one.text)) for one in messages]
    topics = _topics(known)
    by_set = _grouped(ours, lambda one: one.source)
    yield _table("set", {name: by_set[name] for name in SETS if name in by_set} | {"all": ours})
    yield _beside(ours)
    yield _table("style", _grouped(ours, lambda one: one.style))
    yield _table("group", _grouped(ours, lambda one: _group(one, topics)))
    yield _spoiled(known, [one for one in messages if one.source in NOT_FITTED])
    yield _slots()
    if mistakes:
        yield "\n".join(_mistakes(ours))


def _heard(known: Understander, text: str) -> Heard:
    heard = known.understand(text, NOW)
    seen = tuple(candidate.target for candidate in heard.candidates)
    return Heard(heard.targets, seen if heard.kind in (Outcome.CLARIFY, Outcome.FALLBACK) else ())


def _beside(ours: Judged) -> str:
    """The baselines over the same phrases: each answers as far as it is no more often wrong than we are."""
    phrases = ways_to_ask(entries.load(FAQ), actions.load(ROOT / "bot" / "nlu" / "actions"))
    own = figures(ours)
    rows = [["all sets", *HEAD[1:], "answering always"], ["weizhan", *own.shares(), ""]]
    notes = []
    for name, make in BASELINES.items():
        rank = make(phrases)
        ranked = [(one, rank(one.text)) for one, _ in ours]
        sure, heard = as_careful_as(ranked, own.wrong / own.messages)
        top, wrong = figures(always(ranked)).shares()[::2]
        rows.append([name, *figures(heard).shares(), f"{top}, {wrong} wrong"])
        notes.append(f"{name} {sure:.1f}")
    return (
        f"{_aligned(rows)}\n· a baseline answers from the lowest score at which it is wrong no more often than we are, "
        f"and offers its best three below: {', '.join(notes)}\n· it sees only one need in a message, and neither slots "
        "nor what an action demands; the phrases are the same"
    )


def _grouped(ours: Judged, key: Callable[[Labelled], str]) -> dict[str, Judged]:
    found: dict[str, Judged] = defaultdict(list)
    for one, heard in ours:
        found[key(one)].append((one, heard))
    return dict(sorted(found.items()))


def _topics(known: Understander) -> Mapping[str, str]:
    """The file of each target: the topic of an entry, the noun of an action."""
    topics = {f"faq:{entry.id}": f"faq/{path.stem}" for path in FAQ.glob("*.toml") for entry in entries.read(path)}
    return topics | {f"action:{card.name}": f"actions/{card.noun}" for card in known.actions.values()}


def _group(one: Labelled, topics: Mapping[str, str]) -> str:
    if len(one.needs) != 1:
        return "two needs" if one.needs else "out of scope"
    return topics[min(one.needs[0])]


def _spoiled(known: Understander, messages: Sequence[Labelled]) -> str:
    """What each way of spoiling a text costs, on messages that nothing was fitted on."""
    data = ROOT / "bot" / "nlu" / "data"
    noise = Noise(data / "sounds.txt", data / "simplified.txt")
    rows = [["spoiled", *HEAD]]
    kinds: dict[str, Callable[[str], str]] = {"clean": str, **{kind.__name__: kind for kind in noise.kinds}}
    for name, spoil in kinds.items():
        found = figures((one, _heard(known, spoil(one.text))) for one in messages)
        rows.append([name, str(found.messages), *found.shares()])
    return f"{_aligned(rows)}\n· the messages of {' and '.join(NOT_FITTED)}, each spoiled once, the same way every time"


def _slots() -> str:
    rows = list(test_slots.rows())
    right = sum(slots.extract(text, test_slots.NOW).slots == test_slots.expected(cell) for text, cell in rows)
    return f"slots exact: {100 * right / len(rows):.1f} % of {len(rows)} messages"


def _mistakes(ours: Judged) -> Iterator[str]:
    for one, heard in ours:
        if one.source != NEVER_LOOKED_AT and (is_wrong(one, heard) or (one.in_scope and not is_right(one, heard))):
            wanted = " & ".join("|".join(sorted(need)) for need in one.needs) or "none"
            taken = " & ".join(heard.answered) or f"({', '.join(heard.offered[:3])})"
            yield f"{'WRONG' if is_wrong(one, heard) else 'asked'}  {one.text}  [{wanted}] → {taken}"


def _table(name: str, groups: Mapping[str, Judged]) -> str:
    rows = [[name, *HEAD]]
    for group, judged in groups.items():
        found = figures(judged)
        rows.append([group, str(found.messages), *found.shares()])
    return _aligned(rows)


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [[row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])] for row in rows]
    return "\n".join("  ".join(line) for line in lines)


if __name__ == "__main__":
    main()
