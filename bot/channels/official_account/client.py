"""The official account's API: customer messages, the menu, and how its token is had."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.channels.answer import NOT_KNOWN, NOT_REACHED, Answer, Reaction
from bot.channels.caller import CALL_SECONDS, FORCED_APART, REFRESH_APART, TOKEN_MARGIN, Caller, Tokens, own_answer
from bot.channels.official_account.errcodes import react
from bot.channels.official_account.media import NOT_ALLOWED, fetched, may_be_fetched

MEDIA = "/cgi-bin/media/get"

__all__ = [
    "CALL_SECONDS",
    "FORCED_APART",
    "NOT_KNOWN",
    "NOT_REACHED",
    "REFRESH_APART",
    "TOKEN_MARGIN",
    "Answer",
    "Client",
    "Send",
    "Tokens",
]


class Client(Caller):
    """One account's calls. `counted` hears of each: path and errcode."""

    def __init__(
        self,
        *,
        base: str,
        app_id: str,
        secret: str,
        tokens: Tokens,
        now: Callable[[], datetime],
        counted: Callable[[str, int], None] = lambda _path, _code: None,
        seconds: float = CALL_SECONDS,
    ) -> None:
        super().__init__(base=base, tokens=tokens, react=react, now=now, counted=counted, seconds=seconds)
        self._app_id = app_id
        self._secret = secret

    async def send_text(self, openid: str, text: str) -> Answer:
        """A customer message. It has no idempotency key: after `NOT_KNOWN` it must not be sent again blindly."""
        body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        return await self.call("/cgi-bin/message/custom/send", body)

    async def send_template(self, openid: str, template_id: str, fields: Mapping[str, str], *, key: str) -> Answer:
        """A template message. The same `key` for a person within ten minutes is sent once, so this may be repeated."""
        body = {"touser": openid, "template_id": template_id, "client_msg_id": key, "data": _data(fields)}
        return await self.call("/cgi-bin/message/template/send", body)

    async def send_subscription(self, openid: str, template_id: str, fields: Mapping[str, str]) -> Answer:
        """A subscription notice; it uses up a consent, and has no idempotency key."""
        body = {"touser": openid, "template_id": template_id, "data": _data(fields)}
        return await self.call("/cgi-bin/message/subscribe/bizsend", body)

    async def send_mass(self, openids: Sequence[str], text: str, *, key: str) -> Answer:
        """A mass message to 2 to 10,000 people; the same `key` within a day is sent once. Source: docs/wechat.md §5.

        An answer that is well says that the platform took it; whom it reached comes as MASSSENDJOBFINISH.
        """
        body = {"touser": list(openids), "msgtype": "text", "text": {"content": text}, "clientmsgid": key}
        return await self.call("/cgi-bin/message/mass/send", body)

    async def opened_by(self, code: str) -> Answer:
        """Who opened a page, as `openid` of the body, for the code the platform sent them back with.

        A code is good once and for five minutes. Source: docs/wechat.md §8.
        """
        query = {"appid": self._app_id, "secret": self._secret, "code": code, "grant_type": "authorization_code"}
        return await self._get("/sns/oauth2/access_token", query)

    async def people(self, openids: Sequence[str]) -> Answer:
        """Who at most a hundred followers are: `user_info_list` with `openid` and, in a bound account, `unionid`."""
        body = {"user_list": [{"openid": one, "lang": "zh_CN"} for one in openids]}
        return await self.call("/cgi-bin/user/info/batchget", body)

    async def create_menu(self, menu: Mapping[str, Any]) -> Answer:
        """Publish the account's menu."""
        return await self.call("/cgi-bin/menu/create", menu)

    async def media(self, media_id: str) -> Answer:
        """What somebody sent, as `data`; it is there for three days. Source: docs/wechat.md §9."""
        return await self._with_token(
            lambda token: self._file(self._base + MEDIA, {"access_token": token, "media_id": media_id}, counted=MEDIA)
        )

    async def picture_at(self, url: str) -> Answer:
        """A picture by the address that came with it, without a token; only from where the platform keeps them."""
        if not may_be_fetched(url, self._base):
            return own_answer(NOT_ALLOWED, "not an address of the platform", Reaction.BUG)
        return await self._file(url, {}, counted="PicUrl")

    async def _file(self, url: str, query: Mapping[str, str], *, counted: str) -> Answer:
        assert self._session is not None, "open() comes first"  # noqa: S101 - a fault of ours, not of the platform
        answer = await fetched(self._session, url, query, understood=self._understood)
        self._counted(counted, answer.errcode.code)
        return answer

    async def create_code(self, scene: str, seconds: int) -> Answer:
        """A QR code that hands back the scene when it is scanned; its address is `url` of the body."""
        body = {
            "expire_seconds": seconds,
            "action_name": "QR_STR_SCENE",
            "action_info": {"scene": {"scene_str": scene}},
        }
        return await self.call("/cgi-bin/qrcode/create", body)

    async def _new_token(self, *, force: bool) -> Answer:
        body = {"grant_type": "client_credential", "appid": self._app_id, "secret": self._secret}
        return await self._post("/cgi-bin/stable_token", {**body, "force_refresh": force}, {})


Send = Callable[[str, str], Awaitable[Answer]]


def _data(fields: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"value": value} for name, value in fields.items()}
