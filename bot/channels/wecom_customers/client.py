"""The calls about residents' groups and their reports. Source: docs/customer-groups.md."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.channels.answer import Answer
from bot.channels.wecom_app.api import WeComCaller

PACKAGE = "bot.channels.wecom_customers"
MOST_GROUPS, MOST_REPORTS, MOST_OWNERS = 1000, 50, 100
MOST_TEXT, MOST_WELCOME = 4000, 3000  # bytes
MOST_REMARK, MOST_STATE = 30, 30
QR_CODE = 2  # the way to join that is a picture
NOT_YET, SENT, NO_FRIEND, HAD_ITS_MESSAGE = range(4)  # what became of a message in a group
_GROUPS = "/cgi-bin/externalcontact/groupchat"
_WELCOME = "/cgi-bin/externalcontact/group_welcome_template"


class Client(WeComCaller):
    """One app's calls. `counted` hears of each: path and errcode."""

    package = PACKAGE

    async def groups(self, owners: Sequence[str], cursor: str) -> Answer:
        """A page of these members' groups: `group_chat_list` with `chat_id`, and `next_cursor`."""
        body: dict[str, Any] = {"status_filter": 0, "limit": MOST_GROUPS}
        body["owner_filter"] = {"userid_list": list(owners[:MOST_OWNERS])}
        return await self.call(f"{_GROUPS}/list", body | ({"cursor": cursor} if cursor else {}))

    async def group(self, chat_id: str) -> Answer:
        """One group as `group_chat`; nobody's name in it is asked for."""
        return await self.call(f"{_GROUPS}/get", {"chat_id": chat_id, "need_name": 0})

    async def write(self, owner: str, chat_id: str, text: str) -> Answer:
        """A task for the owner: nobody reads it before they let it go. Its name is `msgid`."""
        body = {"chat_type": "group", "sender": owner, "chat_id_list": [chat_id], "text": {"content": text}}
        return await self.call("/cgi-bin/externalcontact/add_msg_template", body)

    async def result(self, msgid: str, owner: str) -> Answer:
        """What became of a task in each group, as `send_list` with `chat_id` and `status`."""
        body = {"msgid": msgid, "userid": owner, "limit": MOST_GROUPS}
        return await self.call("/cgi-bin/externalcontact/get_groupmsg_send_result", body)

    async def remind(self, msgid: str) -> Answer:
        """Let the platform remind the owner, at most three times within a day."""
        return await self.call("/cgi-bin/externalcontact/remind_groupmsg_send", {"msgid": msgid})

    async def cancel(self, msgid: str) -> Answer:
        """Nobody shall let it go any more."""
        return await self.call("/cgi-bin/externalcontact/cancel_groupmsg_send", {"msgid": msgid})

    async def welcome(self, template_id: str, text: str) -> Answer:
        """Make or change a text for newcomers; an owner then applies it to a group, of which `notify` tells them."""
        if template_id:
            return await self.call(f"{_WELCOME}/edit", {"template_id": template_id, "text": {"content": text}})
        body = {"text": {"content": text}, "agentid": self._agent_id, "notify": 1}
        return await self.call(f"{_WELCOME}/add", body)

    async def add_way_in(self, chat_id: str, *, remark: str, state: str) -> Answer:
        """A QR code to join by, as `config_id`; `state` comes back with each who joined by it."""
        body: Mapping[str, Any] = {
            "scene": QR_CODE,
            "remark": remark[:MOST_REMARK],
            "auto_create_room": 0,
            "chat_id_list": [chat_id],
            "state": state[:MOST_STATE],
        }
        return await self.call(f"{_GROUPS}/add_join_way", body)

    async def way_in(self, config_id: str) -> Answer:
        """The code's picture, as `join_way.qr_code`."""
        return await self.call(f"{_GROUPS}/get_join_way", {"config_id": config_id})

    async def reports(self, changed_since: datetime, cursor: str) -> Answer:
        """A page of residents' reports changed since then: `order_list`, `next_cursor`."""
        body: dict[str, Any] = {"begin_modify_time": int(changed_since.timestamp()), "limit": MOST_REPORTS}
        return await self.call("/cgi-bin/report/resident/get_order_list", body | ({"cursor": cursor} if cursor else {}))
