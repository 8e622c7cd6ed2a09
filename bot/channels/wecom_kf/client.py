"""Customer service's API: pull what residents say, send to them, hand a session over. Source: docs/wecom-kf.md."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.answer import Answer
from bot.channels.wecom_app.api import WeComCaller

PACKAGE = "bot.channels.wecom_kf"
AT_ONCE = 1000  # messages in one page
MOST_PEOPLE = 100  # in one question about who they are
NOT_NOW = 95018
NOT_SERVING = 95014
BAD_TOKEN = 95007


class Client(WeComCaller):
    """The calls about one account. `counted` hears of each: path and errcode."""

    package = PACKAGE

    async def pull(self, open_kfid: str, cursor: str, token: str) -> Answer:
        """A page: `msg_list`, `next_cursor`, `has_more`. Without a callback's token it is rarely allowed."""
        body: dict[str, Any] = {"open_kfid": open_kfid, "limit": AT_ONCE, "voice_format": 0}
        if cursor:
            body["cursor"] = cursor
        if token:
            body["token"] = token
        return await self.call("/cgi-bin/kf/sync_msg", body)

    async def send(self, open_kfid: str, sender: str, msgid: str, message: Mapping[str, Any]) -> Answer:
        """A message to a resident. After `NOT_KNOWN` it must not be sent again blindly."""
        return await self.call(
            "/cgi-bin/kf/send_msg", {"touser": sender, "open_kfid": open_kfid, "msgid": msgid, **message}
        )

    async def answer_event(self, code: str, msgid: str, message: Mapping[str, Any]) -> Answer:
        """Words or a menu in answer to an event, by the code that came with it; once, within its time."""
        return await self.call("/cgi-bin/kf/send_msg_on_event", {"code": code, "msgid": msgid, **message})

    async def state(self, open_kfid: str, sender: str) -> Answer:
        """Who has the session: `service_state`, `servicer_userid`."""
        body = {"open_kfid": open_kfid, "external_userid": sender}
        return await self.call("/cgi-bin/kf/service_state/get", body)

    async def bring_to(self, open_kfid: str, sender: str, state: int, servicer: str) -> Answer:
        """Bring the session to another state, for a person with the member who is to have it."""
        body: dict[str, Any] = {"open_kfid": open_kfid, "external_userid": sender, "service_state": state}
        if servicer:
            body["servicer_userid"] = servicer
        return await self.call("/cgi-bin/kf/service_state/trans", body)

    async def contact_way(self, open_kfid: str, scene: str) -> Answer:
        """The link that leads residents to the account, as `url`."""
        return await self.call("/cgi-bin/kf/add_contact_way", {"open_kfid": open_kfid, "scene": scene})

    async def people(self, senders: Sequence[str]) -> Answer:
        """Who they are: `customer_list` with `external_userid` and, in a bound corporation, `unionid`."""
        body = {"external_userid_list": list(senders[:MOST_PEOPLE]), "need_enter_session_context": 0}
        return await self.call("/cgi-bin/kf/customer/batchget", body)
