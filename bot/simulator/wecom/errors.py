"""How WeCom says no: HTTP 200 with a code of its own."""

from __future__ import annotations

MESSAGES = {
    -1: "system busy",
    40001: "invalid credential",
    40008: "invalid message type",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40056: "invalid agentid",
    40058: "invalid Request Parameter",
    41001: "access_token missing",
    41011: "missing agentid",
    42001: "access_token expired",
    43004: "require POST method",
    44001: "empty post data",
    44004: "empty content",
    45009: "api freq out of limit",
    45033: "api concurrent out of limit",
    47001: "data format error",
    60011: "no privilege to access/modify contact/party/agent",
    60020: "not allow to access from your ip",
    81013: "user & party & tag all invalid",
}


class Refusal(Exception):
    """A call answered with an error code. `hint` says more than the platform would, for whoever reads a test."""

    def __init__(self, code: int, hint: str = "") -> None:
        super().__init__(code, hint)
        self.code = code
        self.message = f"{MESSAGES.get(code, 'unknown error')}, hint: [{hint or 'none'}]"
