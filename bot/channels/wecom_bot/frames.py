"""The frames of the long connection. Source: docs/wecom-bot.md, "The line"."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import uuid4


class Cmd(StrEnum):
    """What a frame is about; an acknowledgement has none."""

    SUBSCRIBE = "aibot_subscribe"
    PING = "ping"
    MESSAGE = "aibot_msg_callback"
    EVENT = "aibot_event_callback"
    WELCOME = "aibot_respond_welcome_msg"
    RESPOND = "aibot_respond_msg"
    UPDATE = "aibot_respond_update_msg"
    SEND = "aibot_send_msg"


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame that came in. `errcode` is None but in an acknowledgement."""

    cmd: str
    req_id: str
    body: Mapping[str, Any] = field(default_factory=dict)
    errcode: int | None = None
    errmsg: str = ""


def fresh(cmd: Cmd) -> str:
    """A request id that was never used before, so that no answer is taken for another's."""
    return f"{cmd.value}_{uuid4().hex}"


def written(cmd: Cmd, req_id: str, body: Mapping[str, Any] | None = None) -> str:
    """The frame as it goes out."""
    frame: dict[str, Any] = {"cmd": cmd.value, "headers": {"req_id": req_id}}
    return json.dumps(frame if body is None else {**frame, "body": body}, ensure_ascii=False)


def read(raw: str | bytes) -> Frame | None:
    """What came; None for what is no frame."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    headers, body, code = said.get("headers"), said.get("body"), said.get("errcode")
    req_id = headers.get("req_id") if isinstance(headers, dict) else None
    return Frame(
        cmd=str(said.get("cmd") or ""),
        req_id=req_id if isinstance(req_id, str) else "",
        body=body if isinstance(body, dict) else {},
        errcode=code if isinstance(code, int) else None,
        errmsg=str(said.get("errmsg", ""))[:200],
    )
