"""Knowledge bases of a wanted size: the repository's own entries, and made ones beside them."""

import json
import random
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from bench.people import ROOT, phrases
from bot.nlu.faq import entries

FEW, MANY = 500, 5_000


def make(folder: Path, size: int) -> Path:
    """Write a knowledge base of exactly so many entries into the folder. Raises ValueError when it is too small."""
    folder.mkdir(parents=True)
    for path in sorted((ROOT / "faq").glob("*.toml")):
        shutil.copy(path, folder)
    missing = size - len(entries.load(folder))
    made = list(_made())
    if not 0 <= missing <= len(made):
        raise ValueError(f"{size} entries cannot be made: {size - missing} are there, {len(made)} can be added")
    random.Random(1).shuffle(made)  # noqa: S311 - reproducible, not secret
    answer = phrases()["answer"]
    tables = (_table(number, *one, answer=answer) for number, one in enumerate(made[:missing]))
    (folder / "made.toml").write_text("\n".join(tables), encoding="utf-8")
    return folder


def ways_to_ask(folder: Path) -> int:
    """How many phrases a knowledge base holds."""
    return sum(1 + len(entry.ask) for entry in entries.load(folder))


def _made() -> Iterator[tuple[str, str, list[str]]]:
    """The thing, the question and the other ways to ask it, for every place, thing and aspect."""
    known = phrases()
    for place, thing, (question, ways) in product(known["places"], known["things"], known["aspects"].items()):
        x = place + thing
        yield x, question.format(x=x), [way.format(x=x) for way in ways]


def _table(number: int, x: str, question: str, ways: list[str], *, answer: str) -> str:
    fields = {"question": question, "ask": ways, "answer": answer.replace("{x}", x), "source": "made for the bench"}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return "\n".join([f"[made-{number:05d}]", *lines, 'actions = ["human"]', ""])
