"""WeCom's API for a self-built app: messages and cards to members, and changes to cards. Source: docs/wecom.md."""

from collections.abc import Mapping
from typing import Any

from bot.channels.answer import Answer
from bot.channels.errcodes import reaction
from bot.channels.wecom_app.api import WeComCaller

PACKAGE = "bot.channels.wecom_app"
NO_LICENCE = 81014


class Client(WeComCaller):
    """One app's calls. `counted` hears of each: path and errcode."""

    package = PACKAGE

    async def send_text(self, userid: str, text: str) -> Answer:
        """Words to one member. It has no idempotency key: after `NOT_KNOWN` it must not be sent again blindly."""
        return await self._send(userid, {"msgtype": "text", "text": {"content": text}})

    async def send_card(self, userid: str, card: Mapping[str, Any]) -> Answer:
        """A template card to one member; the answer's `response_code` changes it later, once."""
        return await self._send(userid, {"msgtype": "template_card", "template_card": card})

    async def change_card(self, userid: str, response_code: str, card: Mapping[str, Any]) -> Answer:
        """Show another card in the place of one that was sent."""
        body = {"userids": [userid], "agentid": self._agent_id, "response_code": response_code, "template_card": card}
        return await self.call("/cgi-bin/message/update_template_card", body)

    async def _send(self, userid: str, message: Mapping[str, Any]) -> Answer:
        answer = await self.call("/cgi-bin/message/send", {"touser": userid, "agentid": self._agent_id, **message})
        if answer.ok and answer.body.get("unlicenseduser"):  # said to be well, and yet nobody has it
            return Answer(reaction(PACKAGE, NO_LICENCE), answer.body)
        return answer
