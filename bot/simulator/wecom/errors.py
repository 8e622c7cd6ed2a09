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
    40007: "invalid media_id",
    40050: "invalid chatid",
    40096: "invalid external userid",
    41048: "no customers to send to",
    45002: "content size out of limit",
    81017: "department & userid not both unspecified",
    81013: "user & party & tag all invalid",
    93000: "invalid webhook url",
    95000: "invalid open_kfid",
    95001: "send msg count limit",
    95002: "send msg time limit",
    95007: "invalid msg token",
    95008: "menu item count limit",
    95009: "invalid menu item type",
    95012: "customer service not used",
    95014: "not a servicer who is receiving",
    95016: "state transition not allowed",
    95018: "send msg session status invalid",
    93001: "group does not take messages",
    93006: "invalid chatid",
    93008: "not in chat",
    846605: "invalid req_id",
    846607: "no conversation with the bot",
    846608: "stream message update expired",
    846609: "websocket not subscribed",
    853000: "invalid bot_id or secret",
}


class Refusal(Exception):
    """A call answered with an error code. `hint` says more than the platform would, for whoever reads a test."""

    def __init__(self, code: int, hint: str = "") -> None:
        super().__init__(code, hint)
        self.code = code
        self.message = f"{MESSAGES.get(code, 'unknown error')}, hint: [{hint or 'none'}]"
