"""Messages as HTTP requests, made before the clock starts, and replies opened after it stopped."""

from collections.abc import Iterable
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from bench.people import ORIGINAL_ID, Said
from bot.simulator import crypto, envelope, wire
from bot.simulator.account import Account, Mode

ACCOUNT = Account(
    webhook_url="http://127.0.0.1/wechat",
    token="benchtoken",  # noqa: S106 - nobody's
    app_id="wxbench0000000000",
    app_secret="bench-secret",  # noqa: S106 - nobody's
    aes_key="BenchKeyBenchKeyBenchKeyBenchKeyBenchKey012",
    mode=Mode.SECURE,
    original_id=ORIGINAL_ID,
)


class WrongReply(Exception):
    """An answer that is not what the platform would take for this message."""


def requests(said: Iterable[Said], *, now: int) -> list[bytes]:
    """Each message as the bytes of its HTTP request, signed and encrypted as the platform does."""
    return [_request(one, now) for one in said]


def check(said: Said, status: int, body: bytes) -> str:
    """The words of a reply, "" for silence. Raises WrongReply."""
    if status != 200:
        raise WrongReply(f"status {status}")
    if said.quiet:
        if body != b"success":
            raise WrongReply("words where silence belongs")
        return ""
    clear = opened(body)
    if wire.content(clear, "ToUserName") != said.sender or wire.content(clear, "FromUserName") != ORIGINAL_ID:
        raise WrongReply("addressed to somebody else")
    words = wire.content(clear, "Content")
    if not words:
        raise WrongReply("no words")
    return words


def check_constant(_said: Said, status: int, body: bytes) -> str:
    """The words of the ceiling's reply, the same for everybody. Raises WrongReply."""
    if status != 200:
        raise WrongReply(f"status {status}")
    return wire.content(opened(body), "Content")


def opened(body: bytes) -> Element:
    """The clear reply in an encrypted one, its signature checked. Raises WrongReply."""
    try:
        outer = wire.read(body.decode())
        cipher, stamp, nonce = (wire.content(outer, name) for name in ("Encrypt", "TimeStamp", "Nonce"))
        if crypto.signature(ACCOUNT.token, stamp, nonce, cipher) != wire.content(outer, "MsgSignature"):
            raise WrongReply("wrong signature")
        return wire.read(crypto.decrypt(cipher, str(ACCOUNT.aes_key), ACCOUNT.app_id))
    except (ValueError, crypto.Undecryptable) as error:
        raise WrongReply(f"{error}: {body[:60]!r}") from error


def _request(said: Said, now: int) -> bytes:
    sealed = envelope.sealed(ACCOUNT, said.fields, openid=said.sender, timestamp=now, nonce=envelope.new_nonce())
    body = sealed.body.encode()
    head = (
        f"POST /wechat?{urlencode(sealed.query)} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/4.0\r\n"
        f"Accept: */*\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
