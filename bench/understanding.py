"""What it takes to understand a message, without any server: time, start and memory, beside a plain rapidfuzz."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from time import process_time, thread_time

from rapidfuzz import fuzz, process

from bench import knowledge, machine
from bench.knowledge import FEW, MANY
from bench.load import Length
from bench.people import ROOT, People
from bench.report import Report, row
from bot.nlu import Understander, actions, load_understander
from bot.nlu.faq import entries
from bot.nlu.phrases import ways_to_ask
from bot.nlu.read import Reader, load_reader
from bot.nlu.understand import REMEMBERED

NOW = datetime.fromisoformat("2026-11-22T10:00:00+08:00")
GOALS = {FEW: "≤ 150 µs", MANY: "≤ 300 µs"}
SLICES = 8
COMPARED = 12  # messages of a slice that rapidfuzz is asked too
BARE = "import jieba; jieba.setLogLevel(30); jieba.initialize()"
OWN = "from pathlib import Path; from bot.nlu import load_understander; known = load_understander(Path({faq!r}))"
TELL = "; import os; from bench.machine import memory_mib; print(memory_mib(os.getpid())[0])"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A knowledge base on the disk, and everything that can be asked of it."""

    size: int
    faq: Path
    phrases: Sequence[str]

    @classmethod
    def made(cls, folder: Path, size: int) -> "Corpus":
        faq = knowledge.make(folder / f"faq-understand-{size}", size)
        ways = ways_to_ask(entries.load(faq), actions.load(ROOT / "bot" / "nlu" / "actions"))
        return cls(size, faq, [way for own in ways.values() for way in own])


def understand(folder: Path, length: Length) -> Report:
    """Processor time for a message all in, for new texts and for those of `line`; the start; the memory."""
    report = Report()
    for size in (FEW, MANY):
        report.add(measured(folder, size, length))
    return report


def measured(folder: Path, size: int, length: Length) -> Report:
    """The figures of a knowledge base of so many entries."""
    corpus = Corpus.made(folder, size)
    began = process_time()
    known = load_understander(corpus.faq)
    ready = process_time() - began
    with machine.on_core(machine.SERVER_CORE):
        report = _speed(corpus, known, load_reader(), _line(length), length)
    report.add(_start(corpus, ready))
    report.add(_memory(corpus))
    return report


def _speed(corpus: Corpus, known: Understander, reader: Reader, line: Sequence[str], length: Length) -> Report:
    name = f"understand, {corpus.size:,} entries"
    standing = {reader.plain(phrase).text for phrase in corpus.phrases}
    warm, new = line[: length.warm], _new(corpus, reader, standing, length.round)
    ours: list[float] = []
    theirs: list[float] = []
    _micros(lambda text: known.understand(text, NOW), warm)
    for number in range(SLICES):
        texts = new[number::SLICES]
        ours.append(_micros(lambda text: known.understand(text, NOW), texts))
        theirs.append(
            _micros(lambda text: process.extractOne(text, corpus.phrases, scorer=fuzz.ratio), texts[:COMPARED])
        )
    usual = _micros(lambda text: known.understand(text, NOW), line[length.warm :])
    own, base = median(ours), median(theirs)
    rows = [
        row(f"{name}, new texts", f"{own:.0f} µs", f"{base:.0f} µs", f"{base / own:.1f}", GOALS.get(corpus.size, "")),
        row(f"{name}, texts of `line`", f"{usual:.0f} µs"),
    ]
    new_note = (
        f"{name}: {len(new):,} texts that nobody said before and that stand in no knowledge base; baseline: "
        f"rapidfuzz.process.extractOne(ratio) over the same {len(corpus.phrases):,} phrases; "
        f"CPU, median of {SLICES} slices"
    )
    return Report(rows, [new_note, _tables(name, reader, standing, line)])


def _tables(name: str, reader: Reader, standing: set[str], line: Sequence[str]) -> str:
    """How many messages of the load need no comparing."""

    @lru_cache(REMEMBERED)
    def said(_plain: str) -> None:
        return None

    plains = [reader.plain(text).text for text in line]
    copied = sum(plain in standing for plain in plains)
    for plain in plains:
        if plain not in standing:
            said(plain)
    again = said.cache_info().hits
    return (
        f"{name}: of the {len(line):,} texts of `line` {copied / len(line):.0%} are, once made plain, word for word "
        f"in the knowledge base and {again / len(line):.0%} were said before; these two tables spare the comparing"
    )


def _start(corpus: Corpus, ready: float) -> Report:
    began = process_time()
    entries.load(corpus.faq)
    reading = process_time() - began
    goal = "≤ 3 s" if corpus.size == MANY else ""
    return Report(
        [row(f"index, {corpus.size:,} entries", f"{ready - reading:.2f} s", goal=goal)],
        [f"index, {corpus.size:,} entries: tables and index; reading the TOML takes {reading:.2f} s more (CPU)"],
    )


def _memory(corpus: Corpus) -> Report:
    """Two processes of their own: one that has jieba ready, one that understands."""
    own, bare = _mib(OWN.format(faq=str(corpus.faq))), _mib(BARE)
    goal = "≤ 60 MiB above" if corpus.size == FEW else ""
    return Report(
        [
            row(
                f"memory to understand, {corpus.size:,} entries",
                f"{own:.0f} MiB",
                f"{bare:.0f} MiB",
                f"{own - bare:+.0f} MiB",
                goal,
            )
        ],
        ["memory to understand: baseline is a Python that imported jieba and made it ready"] * (corpus.size == FEW),
    )


def _mib(words: str) -> float:
    ran = subprocess.run([sys.executable, "-c", words + TELL], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    return float(ran.stdout)


def _line(length: Length) -> list[str]:
    """The texts of the part `line`, in their order."""
    said = People(seed=1, now=int(NOW.timestamp())).say(length.warm + length.round * length.rounds)
    return [str(one.fields["Content"]) for one in said if one.fields["MsgType"] == "text"]


def _new(corpus: Corpus, reader: Reader, standing: set[str], many: int) -> list[str]:
    """Half of them asked of anything in the knowledge base, half as in `line`; each plain text once and in no table."""
    people, draw = People(seed=7, now=int(NOW.timestamp())), Random(7)  # noqa: S311 - reproducible, not secret
    lines = (str(one.fields["Content"]) for one in people.say(many * 10) if one.fields["MsgType"] == "text")
    asked = (people.varied(draw.choice(corpus.phrases)) for _ in range(many * 10))
    fresh: dict[str, str] = {}
    for source in (lines, asked):
        wanted = (text for text in source if _is_fresh(reader.plain(text).text, standing, fresh))
        for text in islice(wanted, many // 2):
            fresh[reader.plain(text).text] = text
    texts = list(fresh.values())
    draw.shuffle(texts)
    return texts


def _is_fresh(plain: str, standing: set[str], seen: dict[str, str]) -> bool:
    return bool(plain) and plain not in standing and plain not in seen


def _micros(work: Callable[[str], object], texts: Sequence[str]) -> float:
    began = thread_time()
    for text in texts:
        work(text)
    return 1e6 * (thread_time() - began) / len(texts)
