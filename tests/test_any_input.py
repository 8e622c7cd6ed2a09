"""Whatever comes to `/wechat`: never a 5xx, never a hang, and a good message is answered right after it."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation import Conversation
from tests.support import letters
from tests.support.letters import Letter, plain, sealed, text_xml
from tests.support.served import posted, product, serving_beside, store_in

QUESTION = "居住证怎么办"
ANSWER = "派出所"


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
    status, _ = posted(port, urlencode(query), sealed(GOOD).body)
    assert status in (400, 403)
    still_answers(port, sealed(GOOD))


@tried
@given(raw=st.binary(max_size=60))
def test_any_bytes_as_a_query_are_refused_politely(port: int, raw: bytes) -> None:
    query = "".join(f"%{byte:02x}" if number % 3 else chr(97 + byte % 26) for number, byte in enumerate(raw))
    assert posted(port, f"signature={query}&timestamp=%ff&nonce={query}&{query}", sealed(GOOD).body)[0] in (400, 403)


@tried
@given(at=st.integers(0, 10_000), instead=st.binary(max_size=8), gone=st.integers(0, 40))
def test_a_mutated_envelope_is_refused(port: int, at: int, instead: bytes, gone: int) -> None:
    letter = sealed(GOOD)
    at %= len(letter.body)
    body = letter.body[:at] + instead + letter.body[at + gone :]
    status, _ = posted(port, urlencode(letter.query), body)
    assert status in ((200, 400, 403) if harmless(letter.body, body) else (400, 403))
    still_answers(port, sealed(GOOD))


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
    still_answers(port, sealed(GOOD))


@tried
@given(raw=st.binary(max_size=400))
def test_whatever_comes_over_the_socket_the_server_stays(port: int, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert not answer.startswith(b"HTTP/1.1 5")
    still_answers(port, sealed(GOOD))


def harmless(before: bytes, after: bytes) -> bool:
    """Whether the ciphertext came through, so that the change was in what nobody reads."""
    cipher = before.partition(b"<Encrypt><![CDATA[")[2].partition(b"]]>")[0]
    return cipher in after


def still_answers(port: int, good: Letter) -> None:
    status, body = posted(port, urlencode(good.query), good.body)
    assert status == 200
    clear = letters.opened(body) if "encrypt_type" in good.query else body
    assert ANSWER in letters.fields(clear)["Content"]
