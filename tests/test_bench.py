"""The bench measures what it says: its people say new things, its client gets right answers, its profile adds up."""

import os
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from bench import knowledge, machine, servers, wire
from bench.client import Client
from bench.load import Batch, Length
from bench.people import ROOT, People
from bench.profile import main as profile
from bench.understanding import measured
from bot.nlu.faq import entries


def test_people_say_new_things_in_free_words() -> None:
    said = People(seed=1, now=1_763_800_000).say(2_000)
    copied = {way for entry in entries.load(ROOT / "faq") for way in entry.ask}
    texts = [str(one.fields["Content"]) for one in said if one.fields["MsgType"] == "text"]
    assert not copied.intersection(texts)
    assert len({one.fields.get("MsgId") for one in said}) > 1_700
    assert 100 < sum(one.fields["MsgType"] == "event" for one in said) < 300


def test_a_knowledge_base_has_the_size_that_was_asked_for(tmp_path: Path) -> None:
    made = entries.load(knowledge.make(tmp_path / "faq", 500))
    assert len(made) == 500
    assert len({entry.question for entry in made}) == 500


def test_the_client_gets_right_answers(tmp_path: Path) -> None:
    [batch], now = Batch.several(300), int(time.time())
    known = entries.load(ROOT / "faq")[0]
    question = People(seed=3, now=now).asks(known.ask[0])
    with ExitStack() as stack:
        server = stack.enter_context(servers.product(tmp_path / "product", ROOT / "faq"))
        server.first_answer(question, wire.requests([question], now=now)[0])
        client = stack.enter_context(Client(server.port, connections=16))
        run = client.saturate(batch.requests)
        again = client.saturate(wire.requests([question], now=now))
        assert run.refused == 0
        assert min(run.latencies) > 0
        assert server.verify(batch.said, run) == 15
        assert known.answer.splitlines()[0][:10] in wire.check(question, *again.kept[0][1:])
        passed_over = sum(one.fields.get("Event") == "LOCATION" for one in batch.said)
        assert sum(server.outcomes().values()) == 302 - passed_over


def test_the_ceiling_answers_and_refuses_what_is_not_signed(tmp_path: Path) -> None:
    [batch] = Batch.several(200)
    with servers.ceiling(tmp_path) as server:
        server.first_answer(batch.said[0], batch.requests[0])
        with Client(server.port) as client:
            run = client.pace(batch.requests, rate=2_000)
            assert server.verify(batch.said, run) == 10
            assert client.saturate([batch.requests[0].replace(b"msg_signature=", b"msg_signature=0")]).refused == 1


def test_the_profile_times_every_step(capsys: pytest.CaptureFixture[str]) -> None:
    profile(messages=60)
    said = capsys.readouterr().out
    assert all(step in said for step in ("understand", "keep: insert", "commit: share", "write: encrypt and sign"))


def test_understanding_is_timed_on_texts_that_no_table_answers(tmp_path: Path) -> None:
    length = Length(warm=10, round=80, rounds=1, paced=0, starts=0)
    report = measured(tmp_path, 120, length)
    figures = {figure: own for figure, own, *_ in report.rows}
    assert float(figures["understand, 120 entries, new texts"].removesuffix(" µs")) > 0
    assert any(note.startswith("understand, 120 entries: 80 texts") for note in report.notes)


def test_children_that_end_while_we_look_do_no_harm() -> None:
    children = [subprocess.Popen(["true"]) for _ in range(20)]
    looks = [machine.family_cpu_seconds(os.getpid()) for _ in range(5)]
    assert all(child.wait() == 0 for child in children)
    assert looks == sorted(looks)
    assert machine.family_cpu_seconds(os.getpid()) > 0
