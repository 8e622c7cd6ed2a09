"""The calls a product makes to the platform, for the tests of its API side."""

from __future__ import annotations

import json
from typing import Any

import aiohttp

TOKEN, APP_ID, SECRET = "communitytoken", "wx0123456789abcdef", "s" * 32
KEY, OTHER_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "9" * 43
GREY_LINE = "该公众号提供的服务出现故障，请稍后再试"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
TICKET = "TICKETPROGRESS00000000000000000000000000001"
HOUR = 3600


class Api:
    """The calls a product makes; every answer is the JSON, whatever its content type."""

    def __init__(self, base: str, session: aiohttp.ClientSession) -> None:
        self.base, self.session, self.token = base, session, ""

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        async with self.session.get(self._url(path), params=self._query(query)) as response:
            assert response.status == 200
            return dict(await response.json(content_type=None))

    async def post(self, path: str, body: dict[str, Any] | bytes, **query: str) -> dict[str, Any]:
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        async with self.session.post(self._url(path), params=self._query(query), data=data) as response:
            assert response.status == 200
            return dict(await response.json(content_type=None))

    async def code(self, path: str, body: dict[str, Any] | bytes) -> int:
        return int((await self.post(path, body)).get("errcode", 0))

    async def sign_in(self, **more: bool) -> dict[str, Any]:
        body = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET, **more}
        answer = await self.post("/cgi-bin/stable_token", body)
        self.token = answer.get("access_token", self.token)
        return answer

    async def text(self, openid: str, content: str = "ok") -> int:
        body = {"touser": openid, "msgtype": "text", "text": {"content": content}}
        return await self.code("/cgi-bin/message/custom/send", body)

    def _url(self, path: str) -> str:
        return self.base + path

    def _query(self, query: dict[str, str]) -> dict[str, str]:
        return {"access_token": self.token, **query} if self.token else query
