"""Residents book, correct, ask in between, leave: dialogues.txt, a test for each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.town import Person, Town

FILE = Path(__file__).with_name("dialogues.txt")


@dataclass
class Dialogue:
    """A name and the lines below it."""

    name: str
    lines: list[str] = field(default_factory=list)


def dialogues() -> list[Dialogue]:
    found: list[Dialogue] = []
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            found.append(Dialogue(line.removeprefix("## ")))
        elif line and found and not line.startswith("#"):
            found[-1].lines.append(line)
    return found


@pytest.mark.parametrize("dialogue", dialogues(), ids=lambda one: one.name)
def test_a_dialogue_goes_as_written(dialogue: Dialogue, town: Town) -> None:
    people: dict[str, Person] = {}
    read, asks = "", None
    for number, line in enumerate(dialogue.lines, 1):
        who, says, words = line.partition("> ")
        if says:
            person = people.setdefault(who, town.resident(who or "王阿姨"))
            read = person.says(words)
            asks = person.reply.asks
        elif line.startswith("+"):
            town.passes(minutes=int(line[1:]))
        elif line.startswith("= "):
            assert (asks or "-") == line[2:], f"{number}: {read}"
        elif line.startswith("! "):
            assert line[2:] not in read, f"{number}: {read}"
        else:
            assert line in read, f"{number}: {line!r} is not in: {read}"


def test_there_are_enough_of_them() -> None:
    assert len(list(names())) == len(set(names())) >= 40


def names() -> Iterator[str]:
    return (one.name for one in dialogues())
