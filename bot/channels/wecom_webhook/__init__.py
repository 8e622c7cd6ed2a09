"""Push robots (消息推送, once 群机器人) of internal WeCom groups: an address to post to, which never hears."""

import json
from collections.abc import Callable
from datetime import timedelta

from bot.channels.answer import Errcode, Reaction
from bot.channels.back_office.http import Answered, Http
from bot.channels.errcodes import reaction
from bot.channels.wecom_webhook.outgoing import body, split
from bot.rules.forwarding.values import Failed as NotAnswered
from bot.rules.group import Content, Failed, Job, Later, Outcome, Pieces, Room, Sent, Unsure
from bot.store.group import GroupKind

PATH = "/cgi-bin/webhook/send"
CALL_SECONDS = 10.0
A_MINUTE = timedelta(minutes=1)

__all__ = ["Webhooks"]


class Webhooks:
    """Posts to the robots' addresses. `counted` hears of each call: its path and errcode, never the key."""

    kinds = frozenset({GroupKind.WEBHOOK})

    def __init__(
        self,
        base: str,
        counted: Callable[[str, int], None] = lambda _path, _code: None,
        seconds: float = CALL_SECONDS,
    ) -> None:
        self._base = base.rstrip("/")
        self._counted = counted
        self._http = Http(seconds)

    async def open(self) -> None:
        await self._http.open()

    async def close(self) -> None:
        await self._http.close()

    def split(self, room: Room, content: Content) -> Pieces:
        return split(room, content)

    async def send(self, job: Job) -> Outcome:
        """Post one message; a lost answer is not known to be a no."""
        if not job.room.hook:
            return Failed("the group has no key", closes_group=True)
        raw = json.dumps(body(job.content), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        said = await self._http.call("POST", self._base + PATH, query={"key": job.room.hook}, body=raw, headers=headers)
        if isinstance(said, NotAnswered):
            self._counted(PATH, -3 if said.unsure else -2)
            return Unsure(said.reason) if said.unsure else Later(said.reason)
        return self._understood(said)

    def _understood(self, said: Answered) -> Outcome:
        """Errors come as HTTP 200, too; what is no JSON of the platform's comes from something on the way."""
        try:
            code = json.loads(said.body)["errcode"]
        except (ValueError, KeyError, TypeError):
            code = None
        if not isinstance(code, int):
            reason = f"the answer is not the platform's, HTTP {said.status}"
            return Later(reason) if said.status in (429, 503) else Unsure(reason)
        self._counted(PATH, code)
        return _outcome(reaction(__name__, code))


def _outcome(known: Errcode) -> Outcome:
    reason = f"{known.code} {known.meaning}"
    match known.reaction:
        case Reaction.DONE:
            return Sent()
        case Reaction.MINUTE:
            return Later(reason, A_MINUTE)
        case Reaction.GONE:
            return Failed(reason, closes_group=True)
        case Reaction.BUG:
            return Failed(reason)
    return Later(reason)
