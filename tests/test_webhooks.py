"""`/wechat` over real HTTP: verification, everything that is not a good message, and many at once."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.channels.official_account import SUCCESS
from bot.conversation import Conversation
from bot.store import Store
from bot.web.webhooks import MOST_BODY
from tests.support import letters
from tests.support.letters import GRANNY, PARENT, Letter, plain, sealed, text_xml
from tests.support.served import Line, product, rows, serving, store_in
from tests.support.town import SUNDAY_MORNING

QUESTION = "居住证怎么办"
ANSWER = "派出所"


@pytest.fixture
async def line(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Line]:
    """A product on each of the two kinds of database."""
    async with serving(product(store, talk, tmp_path)) as running:
        yield running


@pytest.fixture
def file_store(template: Path, tmp_path: Path) -> Iterator[Store]:
    """The sample community in a SQLite file."""
    yield (opened := store_in(tmp_path, template))
    opened.close()


@pytest.fixture
async def quick(file_store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Line]:
    """A product on SQLite alone, for what never comes as far as the database."""
    async with serving(product(file_store, talk, tmp_path)) as running:
        yield running


def ask(text: str = QUESTION, *, sender: str = GRANNY, msg_id: int = 7, nonce: str = "1") -> Letter:
    return sealed(text_xml(text, sender=sender, msg_id=msg_id), nonce=nonce)


# --- the console's check


async def test_the_console_gets_its_echo_unchanged(quick: Line) -> None:
    query = {**plain(b"").query, "echostr": "5927 <x>&#"}
    status, text = await quick.get(f"/wechat?{urlencode(query)}")
    assert (status, text) == (200, "5927 <x>&#")


@pytest.mark.parametrize(
    "changed",
    [{"signature": "0" * 40}, {"signature": ""}, {"timestamp": "1"}, {"timestamp": ""}, {"nonce": "2"}],
    ids=str,
)
async def test_a_check_with_a_wrong_signature_is_forbidden(quick: Line, changed: dict[str, str]) -> None:
    status, text = await quick.get(f"/wechat?{urlencode({**plain(b'').query, 'echostr': '1', **changed})}")
    assert (status, text) == (403, "")


async def test_a_check_that_is_stale_is_forbidden(quick: Line) -> None:
    query = {**plain(b"", at=SUNDAY_MORNING - timedelta(hours=2)).query, "echostr": "1"}
    assert (await quick.get(f"/wechat?{urlencode(query)}"))[0] == 403


async def test_other_methods_are_not_for_us(quick: Line) -> None:
    async with quick.session.put(f"{quick.base}/wechat") as response:
        assert response.status == 405


# --- good messages


async def test_a_message_is_answered_and_kept(line: Line, store: Store) -> None:
    assert ANSWER in await line.reads(ask())
    assert rows(store) == 1


async def test_twenty_copies_at_once_get_the_same_bytes_and_leave_one_row(line: Line, store: Store) -> None:
    answers = await asyncio.gather(*(line.post(ask(nonce=str(number))) for number in range(20)))
    assert {status for status, _ in answers} == {200}
    assert len({body for _, body in answers}) == 1
    assert ANSWER in letters.fields(letters.opened(answers[0][1]))["Content"]
    assert rows(store) == 1


async def test_a_replayed_delivery_changes_nothing(line: Line, store: Store) -> None:
    first = await line.post(ask())
    await line.post(ask("社保卡怎么办", msg_id=8))
    assert await line.post(ask()) == first
    assert rows(store) == 2


async def test_two_residents_with_the_same_message_id_both_get_their_own_answer(line: Line, store: Store) -> None:
    one, other = await asyncio.gather(line.reads(ask(sender=GRANNY)), line.reads(ask("社保卡在哪里办", sender=PARENT)))
    assert ANSWER in one
    assert "社保卡" in other
    assert rows(store) == 2


async def test_many_newcomers_at_once_are_all_answered(line: Line, store: Store) -> None:
    people = [f"o{number:027d}" for number in range(40)]
    answers = await asyncio.gather(*(line.reads(ask(sender=person)) for person in people))
    assert all(ANSWER in answer for answer in answers)
    assert rows(store) == 40


async def test_a_message_we_have_no_word_for_is_quietly_acknowledged(line: Line, store: Store) -> None:
    assert await line.post(sealed(letters.recorded("debug_demo"))) == (200, SUCCESS)
    assert rows(store) == 1


# --- what is not a good message


async def test_a_tampered_message_is_forbidden_and_leaves_nothing(line: Line, store: Store) -> None:
    letter = ask()
    middle = len(letter.body) // 2
    other = b"A" if letter.body[middle : middle + 1] != b"A" else b"B"
    tampered = letter.with_body(letter.body[:middle] + other + letter.body[middle + 1 :])
    assert (await line.post(tampered))[0] == 403
    assert rows(store) == 0


async def test_a_stale_message_is_forbidden(quick: Line, file_store: Store) -> None:
    assert (await quick.post(sealed(text_xml(QUESTION), at=SUNDAY_MORNING - timedelta(hours=2))))[0] == 403
    assert rows(file_store) == 0


async def chunks(total: int) -> AsyncIterator[bytes]:
    """A body whose length nobody declares."""
    for _ in range(total // 4096):
        yield b"x" * 4096


async def test_a_body_that_declares_too_much_is_refused(quick: Line) -> None:
    assert (await quick.post(plain(b"x" * (MOST_BODY + 1))))[0] == 413


async def test_a_body_that_grows_too_long_is_refused(quick: Line) -> None:
    url = f"{quick.base}/wechat?{urlencode(plain(b'').query)}"
    async with quick.session.post(url, data=chunks(4 * MOST_BODY)) as response:
        assert response.status == 413


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"<xml>" + b" " * 20_000_000)),
        ("gzip", b"no gzip"),
        ("gzip", gzip.compress(text_xml(QUESTION))[:-12]),
        ("deflate", b"\xff" * 40),
        ("br", b"x"),
    ],
    ids=["bomb", "no-gzip", "cut", "deflate", "brotli"],
)
async def test_a_compressed_body_is_never_unpacked(quick: Line, coding: str, body: bytes) -> None:
    """The platform sends none, so a small body stays as small as it is."""
    assert len(body) < MOST_BODY
    letter = plain(body).with_query(encrypt_type="aes")
    assert await quick.post(letter, headers={"Content-Encoding": coding}) == (400, b"")
    assert ANSWER in await quick.reads(ask())


async def test_64_kib_of_flat_and_of_nested_elements_do_no_harm(quick: Line) -> None:
    for inside in (b"<a/>" * 16_000, b"<a>" * 9_000 + b"</a>" * 9_000, b"".join(b"<a%d/>" % n for n in range(7_000))):
        letter = plain(b"<xml>" + inside + b"</xml>").with_query(encrypt_type="aes")
        assert (await quick.post(letter))[0] == 400
    assert ANSWER in await quick.reads(ask())


async def test_a_body_half_sent_leaves_nothing_and_harms_nobody(
    line: Line, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    letter = ask()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(line.base.rpartition(":")[2]))
    writer.write(head(letter, len(letter.body)) + letter.body[: len(letter.body) // 2])
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    del reader
    assert ANSWER in await line.reads(ask("居住证怎么办", sender=PARENT))
    assert rows(store) == 1
    assert not caplog.records


async def test_a_body_that_never_comes_is_waited_for_only_so_long(
    file_store: Store, talk: Conversation, tmp_path: Path
) -> None:
    async with serving(product(file_store, talk, tmp_path, body_seconds=0.05)) as line:
        letter = ask()
        reader, writer = await asyncio.open_connection("127.0.0.1", int(line.base.rpartition(":")[2]))
        writer.write(head(letter, len(letter.body)) + letter.body[:10])
        assert b" 408 " in await reader.readline()
        writer.close()
        await writer.wait_closed()
        assert ANSWER in await line.reads(ask())


def head(letter: Letter, length: int) -> bytes:
    """The head of a request as it goes over the wire."""
    query = urlencode(letter.query)
    return f"POST /wechat?{query} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()
