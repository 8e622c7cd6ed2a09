"""A signed POST of the whole record as JSON; what its receiver does is told, with an example, in docs/forwarding.md."""

import hmac
import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from bot.channels.back_office.http import Answered, Http, refused
from bot.rules.forwarding.values import Accepted, Act, Failed, Job, Outcome, Record, Update
from bot.wording import forwarding as say

VERSION = 1
EVENTS = {True: "ticket.opened", False: "ticket.reopened"}


class Webhook:
    """Sends jobs to a receiver that checks the signature and remembers the key."""

    def __init__(self, http: Http, now: Callable[[], datetime]) -> None:
        self._http = http
        self._now = now

    async def send(self, job: Job) -> Outcome:
        """One job, and what came of it. The same key for the same thing, so that sending it again is safe."""
        body = payload(job)
        stamp = str(int(self._now().timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": job.key,
            "X-Weizhan-Timestamp": stamp,
            "X-Weizhan-Signature": f"v1={signature(job.target.secret, stamp, body)}",
        }
        answer = await self._http.call("POST", job.target.address, body=body, headers=headers)
        if isinstance(answer, Failed):
            return answer
        if not answer.ok:
            return refused(answer)
        return Accepted(job.external_id if job.act is Act.UPDATE else _id_in(answer))


def signature(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over `timestamp.body`, in hexadecimal."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, sha256).hexdigest()


def payload(job: Job) -> bytes:
    """The JSON of a job, the same bytes for the same record."""
    event = "ticket.updated" if job.update else EVENTS[job.record.round == 1]
    body = {
        "version": VERSION,
        "id": job.key,
        "event": event,
        "destination": job.target.code,
        "ticket": _record(job.record),
        "update": _update(job.update) if job.update else None,
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _record(record: Record) -> dict[str, object]:
    point, contact = record.point, record.contact
    return {
        "reference": record.reference,
        "number": record.number,
        "round": record.round,
        "kind": record.trouble.value,
        "service_code": record.service,
        "urgency": record.urgency.value,
        "stage": record.stage.value,
        "opened_at": record.opened_at.isoformat(timespec="seconds"),
        "words": record.words,
        "community": record.community,
        "place": say.where(record),
        "wgs84": {"lat": round(point.lat, 6), "long": round(point.lon, 6)} if point else None,
        "contact": {"name": contact.name, "phone": contact.phone} if contact else None,
        "description": say.description(record),
    }


def _update(update: Update) -> dict[str, object]:
    return {
        "update_id": update.update_id,
        "what": update.what.value,
        "stage": update.stage.value,
        "at": update.at.isoformat(timespec="seconds"),
        "said": update.said,
        "description": say.updated(update),
    }


def _id_in(answer: Answered) -> str:
    """The receiver's own number, where it tells one."""
    try:
        said = json.loads(answer.body)
    except ValueError:
        return ""
    return str(said.get("id", ""))[:120] if isinstance(said, dict) else ""
