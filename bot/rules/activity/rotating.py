"""The code of a hall's screen, which changes every minute, to be said, and the same as a scene and a link to scan.

It is drawn from the secret, the activity and the minute, so that nothing is kept and every worker shows and takes the
same. What was shown in the minute before is taken too: people need a while to look, to type, and to be let in. What
is scanned before the time is only told when to come back; nothing is spent by it.
"""

import base64
import hmac
import struct
from binascii import Error as NotBase32
from datetime import UTC, datetime
from uuid import UUID

from bot.errors import Refusal
from bot.rules.office import Office
from bot.store.activity import Activity

SECONDS = 60
GRACE = 1  # so many windows before the one of now are taken
DIGITS = 6
SCENE = "lesson"  # lesson-<token>: what a QR code of the account hands back
_SHAPE = struct.Struct(">16sI")
_MAC_BYTES = 8


class CodeOver(Refusal):
    """The picture or link is older than it may be: the screen shows another one by now."""


class CodeNotOurs(Refusal):
    """Nobody here made it, or only a part of it arrived."""


def window(now: datetime) -> int:
    """Which minute it is."""
    return int(now.timestamp()) // SECONDS


def changes_at(now: datetime) -> datetime:
    """When the screen shows another code."""
    return datetime.fromtimestamp((window(now) + 1) * SECONDS, UTC)


def code_now(office: Office, its: Activity) -> str:
    """The digits of this minute."""
    return _code(office, its.id, window(office.now))


def is_code(office: Office, its: Activity, said: str) -> bool:
    """Whether these are the digits of now or of just before."""
    now = window(office.now)
    good = [hmac.compare_digest(_code(office, its.id, now - back), said) for back in range(GRACE + 1)]
    return any(good)


def token_now(office: Office, its: Activity) -> str:
    """What the picture of this minute holds: lower-case letters and digits, for scenes allow little else."""
    body = _SHAPE.pack(its.id.bytes, window(office.now))
    return base64.b32encode(body + _mac(office, body)).decode().rstrip("=").lower()


def scene_now(office: Office, its: Activity) -> str:
    """The scene of this minute, at most 64 characters. Source: docs/wechat.md §8."""
    return f"{SCENE}-{token_now(office, its)}"


def read(office: Office, token: str) -> UUID:
    """Whose token it is. Raises CodeNotOurs, CodeOver."""
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except (NotBase32, ValueError):
        raise CodeNotOurs from None
    body, mac = raw[: _SHAPE.size], raw[_SHAPE.size :]
    if len(body) != _SHAPE.size or not hmac.compare_digest(mac, _mac(office, body)):
        raise CodeNotOurs
    activity, made = _SHAPE.unpack(body)
    if not 0 <= window(office.now) - made <= GRACE:
        raise CodeOver
    return UUID(bytes=activity)


def _code(office: Office, activity_id: UUID, at: int) -> str:
    drawn = hmac.digest(office.seal.key("rotating check-in"), _SHAPE.pack(activity_id.bytes, at), "sha256")
    return f"{int.from_bytes(drawn[:8]) % 10**DIGITS:0{DIGITS}d}"


def _mac(office: Office, body: bytes) -> bytes:
    return hmac.digest(office.seal.key("check-in token"), body, "sha256")[:_MAC_BYTES]
