"""`/wechat` over real HTTP: verification, everything that is not a good message, and many at once."""

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.official_account import SUCCESS
from bot.conversation import Conversation
from bot.store import Store
from bot.web.webhooks import MOST_BODY
from tests.support import letters
from tests.support.letters import GRANNY, PARENT, Letter, plain, sealed, text_xml
from tests.support.served import Line, posted, product, rows, serving, serving_beside, store_in
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


# --- whatever else may come: no 5xx, no hang, and a good message is answered afterwards


@pytest.fixture(scope="module")
def port(talk: Conversation, template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A product in a thread of its own, for the whole file: it has to outlive everything it is sent."""
    folder = tmp_path_factory.mktemp("line")
    with serving_beside(product(store_in(folder, template), talk, folder)) as running:
        yield running


@pytest.fixture(scope="module")
def clear_port(talk: Conversation, template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The same in plain mode, where any body comes as far as the XML."""
    folder = tmp_path_factory.mktemp("line")
    with serving_beside(product(store_in(folder, template), talk, folder, wechat_aes_key="")) as running:
        yield running


tried = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
GOOD = text_xml(QUESTION)
ELEMENTS = [
    "ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Content", "Event", "EventKey",
    "Location_X", "Location_Y", "Label", "MsgID", "bizmsgmenuid", "Encrypt", "ScanCodeInfo", "List",
]  # fmt: skip
KINDS = ["text", "image", "voice", "video", "location", "link", "event", "Event", "hologram", ""]
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40) | st.sampled_from(
    [*KINDS, "1", "-1", "1e9"]
)
element = st.builds(
    lambda name, value: f"<{name}><![CDATA[{value.replace(']]>', '')}]]></{name}>", st.sampled_from(ELEMENTS), words
)
nested = st.recursive(
    element,
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", st.sampled_from(ELEMENTS), st.lists(inner, max_size=3)
    ),
    max_leaves=12,
)


@tried
@given(body=st.binary(max_size=2000) | st.text(max_size=500).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_body_is_refused_politely(clear_port: int, body: bytes) -> None:
    status, answer = posted(clear_port, urlencode(plain(b"").query), body)
    assert (status, answer) == (400, b"")
    still_answers(clear_port, plain(GOOD))


@tried
@given(parts=st.lists(nested, max_size=12))
def test_any_elements_are_read_or_refused(clear_port: int, parts: list[str]) -> None:
    base = "<FromUserName>o1</FromUserName><CreateTime>1795312800</CreateTime><MsgId>1</MsgId>"
    for inside in ("".join(parts), base + "".join(parts)):
        status, _ = posted(clear_port, urlencode(plain(b"").query), f"<xml>{inside}</xml>".encode())
        assert status in (200, 400)
    still_answers(clear_port, plain(GOOD))


@tried
@given(
    query=st.dictionaries(
        st.sampled_from(["signature", "timestamp", "nonce", "msg_signature", "encrypt_type", "echostr", "openid"])
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    )
)
def test_any_query_is_refused_politely(port: int, query: dict[str, str]) -> None:
    status, _ = posted(port, urlencode(query), ask().body)
    assert status in (400, 403)
    still_answers(port, ask())


@tried
@given(raw=st.binary(max_size=60))
def test_any_bytes_as_a_query_are_refused_politely(port: int, raw: bytes) -> None:
    query = "".join(f"%{byte:02x}" if number % 3 else chr(97 + byte % 26) for number, byte in enumerate(raw))
    assert posted(port, f"signature={query}&timestamp=%ff&nonce={query}&{query}", ask().body)[0] in (400, 403)


@tried
@given(at=st.integers(0, 10_000), instead=st.binary(max_size=8), gone=st.integers(0, 40))
def test_a_mutated_envelope_is_refused(port: int, at: int, instead: bytes, gone: int) -> None:
    letter = ask()
    at %= len(letter.body)
    body = letter.body[:at] + instead + letter.body[at + gone :]
    status, _ = posted(port, urlencode(letter.query), body)
    assert status in ((200, 400, 403) if harmless(letter.body, body) else (400, 403))
    still_answers(port, ask())


@tried
@given(at=st.integers(0, 10_000), instead=st.binary(max_size=8), gone=st.integers(0, 40))
def test_a_mutated_message_in_clear_is_read_or_refused(clear_port: int, at: int, instead: bytes, gone: int) -> None:
    at %= len(GOOD)
    status, _ = posted(clear_port, urlencode(plain(b"").query), GOOD[:at] + instead + GOOD[at + gone :])
    assert status in (200, 400)
    still_answers(clear_port, plain(GOOD))


@tried
@given(
    clear=st.text(st.characters(exclude_categories=["Cs"]), max_size=300) | st.lists(nested, max_size=8).map("".join)
)
def test_whatever_is_sealed_with_our_key_is_read_or_refused(port: int, clear: str) -> None:
    for text in (clear, f"<xml>{clear}</xml>"):
        letter = sealed(text.encode())
        assert posted(port, urlencode(letter.query), letter.body)[0] in (200, 400, 403)
    still_answers(port, ask())


@tried
@given(raw=st.binary(max_size=400))
def test_whatever_comes_over_the_socket_the_server_stays(port: int, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert not answer.startswith(b"HTTP/1.1 5")
    still_answers(port, ask())


def harmless(before: bytes, after: bytes) -> bool:
    """Whether the ciphertext came through, so that the change was in what nobody reads."""
    cipher = before.partition(b"<Encrypt><![CDATA[")[2].partition(b"]]>")[0]
    return cipher in after


def still_answers(port: int, good: Letter) -> None:
    status, body = posted(port, urlencode(good.query), good.body)
    assert status == 200
    clear = letters.opened(body) if "encrypt_type" in good.query else body
    assert ANSWER in letters.fields(clear)["Content"]
