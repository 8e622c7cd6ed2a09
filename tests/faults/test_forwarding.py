"""Other offices that are slow, broken, forgetful or down for a week: each ticket arrives once, or people know."""

from __future__ import annotations

import asyncio
import csv
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import Message as Letter
from pathlib import Path

import pytest
from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.channels.back_office.webhook import signature
from bot.conversation import Conversation
from bot.rules.forwarding.values import Accepted, Job
from bot.simulator.back_office import Fault, Kind
from bot.store import Store, forwarding
from bot.store.forwarding import Form, State, Way
from bot.store.ticket import What
from tests.conftest import ROOT
from tests.support.commands import nobody
from tests.support.forwarding import FIRST, LAMP, SECRET, Outside, Post, post
from tests.support.staff import Staff
from tests.support.town import Town

IMPATIENT = 0.3
TICKETS = 5


@pytest.fixture
async def city(town: Town) -> AsyncIterator[Post]:
    async with post(town, seconds=IMPATIENT) as running:
        yield running


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("kind", [Kind.REALTIME, Kind.BATCH])
@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
async def test_whatever_goes_wrong_each_ticket_is_there_once(city: Post, kind: Kind, fault: Fault, form: Form) -> None:
    city.outside.destination(address=city.city.address, talks=True, form=form)
    city.city.books.behave(kind=kind, fault=fault)
    complained(city.town)
    await city.send()
    await city.through(0.5, every=0.1)
    city.city.books.behave(fault=Fault.NONE)
    await city.through(3, every=0.25)
    assert sorted(city.city.books.posts.values()) == [1] * TICKETS
    for number in numbers():
        row = city.outside.forward(number)
        assert (row.state, row.unsure, row.next_try) == (State.ACCEPTED, False, None), number
        assert row.external_id == city.city.books.of_reference(number).number  # type: ignore[union-attr]


async def test_a_lost_answer_is_found_by_asking(city: Post) -> None:
    city.outside.destination(address=city.city.address)
    city.city.books.behave(fault=Fault.LOST)
    city.town.resident("婆婆").says(LAMP)
    await city.send()
    assert city.outside.forward().unsure
    city.passes(minutes=2)
    await city.send()
    assert city.outside.outcomes() == ["unsure", "found"]
    assert city.city.books.calls["post"] == 1


async def test_while_they_cannot_be_asked_nothing_is_posted_again(city: Post) -> None:
    city.outside.destination(address=city.city.address)
    city.city.books.behave(fault=Fault.LOST)
    city.town.resident("婆婆").says(LAMP)
    await city.send()
    city.city.books.behave(fault=Fault.BROKEN)
    await city.through(5)
    assert city.city.books.calls["post"] == 1
    assert city.outside.forward().unsure
    city.city.books.behave(fault=Fault.NONE)
    await city.through(2)
    assert city.outside.forward().state == State.ACCEPTED
    assert city.city.books.posts == {FIRST: 1}


async def test_an_office_that_is_down_for_a_week_gets_everything_afterwards(city: Post) -> None:
    down = f"http://127.0.0.1:{nobody()}/open311"
    city.outside.destination(address=down, talks=True)
    complained(city.town)
    Staff(city.town).does(FIRST, What.SOLVED, "换了灯泡")
    await city.through(24 * 7, every=3)
    rows = [city.outside.forward(number) for number in numbers()]
    assert {row.state for row in rows} == {State.FAILED}
    assert {row.told for row in rows} == {2}
    assert all(row.tries > 24 * 7 / 4 for row in rows)
    await city.city.stop()
    async with post(city.town) as back:
        moved(back)
        await back.through(3, every=1.5)
        assert sorted(back.city.books.posts.values()) == [1] * TICKETS
        assert [one["status"] for one in back.city.books.of_reference(FIRST).heard] == ["FIXED"]  # type: ignore[union-attr]
        assert {back.outside.forward(number).tries for number in numbers()} == {0}


@pytest.mark.parametrize("arrived", [True, False])
async def test_killed_between_sending_and_marking(store: Store, talk: Conversation, arrived: bool) -> None:
    """The process dies after it sent, or before; the next one asks, on both kinds of databases."""
    async with post(Town(store, talk)) as city:
        city.outside.destination(address=city.city.address)
        city.town.resident("婆婆").says(LAMP)
        [job] = city.outside.claim()
        if arrived:
            city.city.books.take({"attribute[reference]": FIRST, "description": f"{FIRST}\n"}, FIRST)
        assert await city.worker.send_due() == 0  # nobody else takes it
        city.passes(minutes=6)
        assert city.sweep() == 1
        await city.send()
        assert city.city.books.posts == {FIRST: 1}
        assert city.outside.outcomes() == ["lost", "found" if arrived else "sent"]
        city.outside.mark(job, Accepted("BO-0001"))  # the dead one comes back after all
        assert city.outside.forward().state == State.ACCEPTED


async def test_two_workers_send_each_once(store: Store, talk: Conversation) -> None:
    """Claims at the same moment, on both kinds of databases."""
    outside = Outside(Town(store, talk))
    outside.destination()
    complained(outside.town)
    claimed: list[Job] = []
    together = threading.Barrier(2)

    def claim() -> None:
        together.wait()
        claimed.extend(outside.claim())

    await asyncio.gather(asyncio.to_thread(claim), asyncio.to_thread(claim))
    assert sorted(job.key for job in claimed) == numbers()


async def test_states_in_the_wrong_order_do_not_go_back(city: Post) -> None:
    city.outside.destination(address=city.city.address, talks=True)
    city.town.resident("婆婆").says(LAMP)
    await city.send()
    await city.city.say("BO-0001", "IN_PROGRESS")
    city.passes(minutes=1)
    await city.city.say("BO-0001", "FIXED", "换好了")
    city.city.books.behave(fault=Fault.WRONG_STATE)
    for _ in range(3):
        city.passes(minutes=6)
        await city.listen()
    assert city.outside.forward().state == State.CLOSED
    assert Staff(city.town).ticket(FIRST).state == "solved"


async def test_a_slow_office_does_not_hold_up_the_others(city: Post) -> None:
    city.outside.destination("slow", address=city.city.address)
    async with post(city.town) as quick:
        quick.outside.destination("quick", address=quick.city.address)
        city.city.books.behave(fault=Fault.SLOW)
        city.town.resident("婆婆").says(LAMP)
        await city.worker.send_due()
        assert city.outside.forward(FIRST, "quick").state == State.ACCEPTED
        assert city.outside.forward(FIRST, "slow").state == State.FAILED


# Webhook: the receiver is the example of docs/forwarding.md ---------------------------------------------------------


@asynccontextmanager
async def hooked(
    post_: Post, *, loses: int = 0
) -> AsyncIterator[tuple[str, dict[str, object], list[Mapping[str, str]]]]:
    """The documented receiver behind HTTP; it loses so many of its answers. Its address, what it kept, what came."""
    kept: dict[str, object] = {}
    came: list[Mapping[str, str]] = []
    example = _example()
    receiver = example["Receiver"](  # type: ignore[operator]
        SECRET, kept.__setitem__, kept.get, now=lambda: post_.town.now.timestamp()
    )

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        came.append(request.headers)
        status, answer = receiver.take(request.headers, body)
        if len(came) <= loses and request.transport is not None:
            request.transport.abort()
        return web.Response(status=status, body=answer)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", kept, came
    finally:
        await runner.cleanup()


def _example() -> dict[str, object]:
    """The Python of docs/forwarding.md as it stands there."""
    text = (ROOT / "docs" / "forwarding.md").read_text("utf-8")
    code = text.split("```python\n", 1)[1].split("```", 1)[0]
    found: dict[str, object] = {}
    exec(compile(code, "docs/forwarding.md", "exec"), found)  # noqa: S102 - our own documentation
    return found


async def test_a_webhook_receives_everything_once_and_in_order(city: Post) -> None:
    async with hooked(city, loses=2) as (address, kept, came):
        city.outside.destination(way=Way.WEBHOOK, address=address, secret=SECRET)
        granny = city.town.resident("婆婆")
        granny.says(LAMP)
        granny.says("两盏都不亮")
        await city.send()
        await city.through(2)
        assert list(kept) == [FIRST, f"{FIRST}-3"]
        opened = kept[FIRST]
        assert isinstance(opened, dict)
        assert opened["event"] == "ticket.opened"
        assert opened["ticket"]["place"] == "示例社区示例花园2栋"
        assert city.outside.forward().external_id == f"OFFICE-{FIRST}"
        assert [headers["Idempotency-Key"] for headers in came] == [FIRST] * 3 + [f"{FIRST}-3"]


async def test_the_documented_receiver_refuses_what_is_forged_or_old(city: Post) -> None:
    async with hooked(city) as (_, kept, _came):
        example = _example()["Receiver"](SECRET, kept.__setitem__, kept.get, now=lambda: 1000.0)  # type: ignore[operator]
        body = b'{"id": "T1"}'

        def signed(stamp: str, secret: str = SECRET) -> dict[str, str]:
            return {"X-Weizhan-Timestamp": stamp, "X-Weizhan-Signature": f"v1={signature(secret, stamp, body)}"}

        assert example.take(signed("1000"), body)[0] == 200
        assert example.take(signed("1000", "another secret"), body)[0] == 403
        assert example.take(signed("1000"), body + b" ")[0] == 403
        assert example.take(signed("699"), body)[0] == 403
        assert example.take({}, body)[0] == 403
        assert list(kept) == ["T1"]


# Letters --------------------------------------------------------------------------------------------------------------


class Mailbox:
    """A mail server that keeps letters by their Message-ID, as mailboxes do, and may break off first."""

    def __init__(self) -> None:
        self.letters: dict[str, Letter] = {}
        self.came: list[str] = []
        self.refuses = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content)
        self.came.append(letter["Message-ID"])
        self.letters[letter["Message-ID"]] = letter
        if len(self.came) <= self.refuses:
            return "451 out of order"  # taken, and yet it says no: it will come again
        return "250 taken"


@asynccontextmanager
async def mailbox() -> AsyncIterator[tuple[Mailbox, str]]:
    box = Mailbox()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box, hostname="mail"), "127.0.0.1", 0)
    try:
        port = server.sockets[0].getsockname()[1]
        yield box, f"smtp://weizhan%40example.org@127.0.0.1:{port}/city@example.org"
    finally:
        server.close()
        await server.wait_closed()


async def test_a_letter_is_the_same_letter_when_it_comes_again(city: Post) -> None:
    async with mailbox() as (box, address):
        box.refuses = 1
        city.outside.destination(way=Way.EMAIL, address=address)
        granny = city.town.resident("婆婆")
        granny.says(LAMP + "，电话13800000000")
        granny.says("两盏都不亮")
        await asyncio.wait_for(city.send(), 10)
        await city.through(1)
        assert len(box.came) == 3
        first, second = box.letters.values()
        text = first.get_payload(decode=True)
        assert isinstance(text, bytes)
        assert text.decode().splitlines()[0] == FIRST
        assert "13800000000" not in text.decode()
        assert second["In-Reply-To"] == first["Message-ID"]
        assert city.outside.forward().state == State.ACCEPTED


# Files ----------------------------------------------------------------------------------------------------------------


async def test_a_file_has_the_whole_batch_and_no_formula(city: Post, tmp_path: Path) -> None:
    city.outside.destination(way=Way.CSV, address=str(tmp_path))
    granny = city.town.resident("婆婆")
    granny.says("花园2栋的路灯不亮")
    row_of = dropped(tmp_path)
    await city.send()
    assert [row["key"] for row in row_of()] == [FIRST]
    granny.says("=HYPERLINK(1)花园2栋的路灯还是不亮")
    await city.send()
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in row_of() for cell in row.values())
    assert {name.suffix for name in files(tmp_path)} == {".csv"}


async def test_a_file_that_was_written_before_the_process_died_is_found(city: Post, tmp_path: Path) -> None:
    city.outside.destination(way=Way.CSV, address=str(tmp_path))
    city.town.resident("婆婆").says(LAMP)
    row_of = dropped(tmp_path)
    [job] = city.outside.claim()
    await city.worker._send.send([job])  # and now it dies
    city.passes(minutes=6)
    city.sweep()
    await city.send()
    assert [row["key"] for row in row_of()] == [FIRST]
    assert city.outside.outcomes() == ["lost", "found"]


async def test_a_folder_that_is_gone_is_told(city: Post, tmp_path: Path) -> None:
    city.outside.destination(way=Way.CSV, address=str(tmp_path / "gone"))
    city.town.resident("婆婆").says(LAMP)
    await city.send()
    assert city.outside.forward().reason.startswith("cannot write the file")
    (tmp_path / "gone").mkdir()
    await city.through(1)
    assert city.outside.forward().state == State.ACCEPTED


def dropped(folder: Path) -> Callable[[], list[dict[str, str]]]:
    """All rows of all files."""

    def rows() -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        for file in sorted(folder.glob("*.csv")):
            with file.open(encoding="utf-8-sig", newline="") as lines:
                found += list(csv.DictReader(lines))
        return found

    return rows


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def complained(town: Town) -> None:
    """Five complaints of five people."""
    for number in range(1, TICKETS + 1):
        town.resident(f"邻居{number}").says(f"花园{number}栋的路灯不亮")


def numbers() -> list[str]:
    return [f"T261122-{number:04d}" for number in range(1, TICKETS + 1)]


def moved(back: Post) -> None:
    """The office is up again, at the address of another process."""
    with back.outside.office() as office:
        found = forwarding.destination(office.session, "city")
        assert found is not None
        found.address = back.city.address
