"""Seen from outside: whether it lives, can answer and why not, its figures, and logs without people in them."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from bot.conversation import Conversation
from bot.privacy import fingerprint, masked
from bot.store import Store, open_store
from tests.conftest import ROOT
from tests.support import noisy, postgres
from tests.support.letters import recorded, sealed, text_xml
from tests.support.served import Line, Slow, product, serving, store_in


@pytest.fixture
async def line(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Line]:
    async with serving(product(store, talk, tmp_path)) as running:
        yield running


# --- alive and ready


async def test_it_lives_and_is_ready(line: Line) -> None:
    assert await line.get("/healthz") == (200, "ok\n")
    assert await line.get("/readyz") == (200, "ready\n")


async def test_without_its_tables_it_lives_and_says_why_it_is_not_ready(line: Line, store: Store) -> None:
    def drop() -> None:
        with store.engine.begin() as connection:
            connection.execute(text("ALTER TABLE outbox RENAME TO put_away"))

    await asyncio.to_thread(drop)
    status, reason = await line.get("/readyz")
    assert status == 503
    assert re.fullmatch(r"the store is not usable: \w+Error\n", reason)
    assert (await line.get("/healthz"))[0] == 200
    assert (await line.get("/metrics"))[0] == 200


async def test_without_its_database_it_says_so_and_comes_back_with_it(
    postgresql: postgres.Server, talk: Conversation, tmp_path: Path
) -> None:
    name = "vanishing"
    store = open_store(postgresql.create(name, template="town"))
    async with serving(product(store, talk, tmp_path, ready_seconds=0.2)) as line:
        assert (await line.get("/readyz"))[0] == 200
        await asyncio.to_thread(postgresql.drop, name)
        status, reason = await line.get("/readyz")
        assert (status, reason) == (503, "the desk does not answer within 0.2 seconds\n")
        await asyncio.to_thread(postgresql.create, name, "town")
        while (await line.get("/readyz"))[0] != 200:
            assert (await line.get("/healthz"))[0] == 200
        assert "派出所" in await line.reads(sealed(text_xml("居住证怎么办")))
    store.close()
    await asyncio.to_thread(postgresql.drop, name)


async def test_a_busy_desk_is_said_to_be_busy(talk: Conversation, template: Path, tmp_path: Path) -> None:
    slow = Slow(talk)
    chosen = product(store_in(tmp_path, template), slow, tmp_path, reply_seconds=0.05, ready_seconds=0.05)
    async with serving(chosen) as line:
        await line.post(sealed(text_xml("你好")))
        assert await line.get("/readyz") == (503, "the desk does not answer within 0.05 seconds\n")
        slow.go.set()
        while (await line.get("/readyz"))[0] != 200:
            pass


# --- figures


async def figures(line: Line) -> dict[str, float]:
    """Every sample by its name and labels."""
    status, body = await line.get("/metrics")
    assert status == 200
    return {
        f"{sample.name}{sorted(sample.labels.values()) or ''}": sample.value
        for family in text_string_to_metric_families(body)
        for sample in family.samples
    }


async def test_the_figures_count_what_happens(line: Line) -> None:
    before = await figures(line)
    assert {name for name in before if name.startswith("weizhan_outbox")} == {
        f"weizhan_outbox['{state}']" for state in ("failed", "held", "sending", "sent", "unsure", "waiting")
    }
    for _ in range(2):
        await line.post(sealed(text_xml("居住证怎么办")))
    await line.post(sealed(recorded("subscribe")))
    await line.post(sealed(text_xml("你好"), token="another"))
    found = await figures(line)
    assert found["weizhan_messages_total['answer', 'text']"] == 1
    assert found["weizhan_messages_total['retry', 'text']"] == 1
    assert found["weizhan_messages_total['event', 'event']"] == 1
    assert found["weizhan_refused_total['403']"] == 1
    for name in ("weizhan_desk_wait_seconds", "weizhan_desk_turn_seconds", "weizhan_webhook_seconds"):
        assert found[f"{name}_count"] == 3
    assert found["weizhan_late_replies_total"] == 0


async def test_no_figure_has_a_person_in_it(line: Line) -> None:
    await line.post(sealed(text_xml(noisy.ALL_OF_IT, sender=noisy.OPENID)))
    _, body = await line.get("/metrics")
    assert not [word for word in noisy.PERSONAL if word in body]


# --- logs


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_log_line_and_no_traceback_has_a_person_in_it(form: str) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.support.noisy", form]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    said = done.stderr.decode()
    assert not [word for word in noisy.PERSONAL if word in said]
    assert said.count("turn failed") == 2
    assert said.count("Traceback") >= 3
    assert fingerprint(noisy.OPENID) in said
    assert "Error handling request" in said
    assert "123456" in said  # a size is no code
    assert done.stdout == b""
    if form == "json":
        lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        assert [line["event"] for line in lines] == ["turn failed", "turn failed", "said", "counted"]
        assert re.fullmatch("[0-9a-f]{6}", lines[0]["number"])


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("我是13800000000，3栋2单元501", "我是138****00，*栋*"),
        ("座机028-0000-0003", "座机*-*"),
        ("我在3-2-501", "我在*-*"),
        ("取件码483920", "取件码******"),
        ("身份证51010019491001001X", "身份证510****01X"),
        ("用户oAAAAAAAAAAAAAAAAAAAAAAAAAAA说", "用户oAAA…说"),
        ("[oAAAAAAAAAAAAAAAAAAAAAAAAAA-]", "[oAAA…]"),
        ("2026年11月22日下午3点", "****年11月22日下午3点"),
        ("only words, 123", "only words, 123"),
    ],
)
def test_what_points_to_a_person_is_masked(said: str, shown: str) -> None:
    assert masked(said) == shown


def test_a_person_has_the_same_name_in_every_log_and_it_is_never_masked() -> None:
    names = {fingerprint(f"o{number:027d}") for number in range(500)}
    assert len(names) == 500
    assert all(masked(name) == name for name in names)
    assert fingerprint("oA") == fingerprint("oA")
