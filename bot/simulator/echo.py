"""A webhook that says back what it hears: for trying the simulator without a product, and for its own tests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree import ElementTree

from aiohttp import web

from bot.simulator import crypto, wire
from bot.simulator.envelope import new_nonce


@dataclass(frozen=True, slots=True)
class Heard:
    """One push received. `root` is the clear XML; where it could not be read, the script is not asked."""

    query: Mapping[str, str]
    root: ElementTree.Element

    def __getitem__(self, path: str) -> str:
        return wire.content(self.root, path)

    @property
    def encrypted(self) -> bool:
        return self.query.get("encrypt_type") == "aes"


Said: TypeAlias = "str | bytes | web.StreamResponse"
Script: TypeAlias = Callable[[Heard], Awaitable[Said]]


class Echo:
    """Answers every push by its `script`; 403 for a wrong signature, 400 for what it cannot read."""

    def __init__(self, token: str, app_id: str, aes_key: str | None = None) -> None:
        self.token, self.app_id, self.aes_key = token, app_id, aes_key
        self.heard: list[Heard] = []
        self.script: Script = self.repeat
        app = web.Application()
        app.add_routes([web.get("/wechat", self._verify), web.post("/wechat", self._push)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def start(self) -> str:
        """The address of the webhook."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/wechat"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def repeat(self, heard: Heard) -> str:
        """The default script: the text back, or the kind of anything else."""
        return self.text(heard, heard["Content"] or heard["Event"] or heard["MsgType"])

    def text(self, heard: Heard, content: str) -> str:
        """A text reply, ready to be sent."""
        return self.reply(heard, {"MsgType": "text", "Content": content})

    def reply(self, heard: Heard, fields: wire.XmlFields) -> str:
        """Any passive reply, encrypted where the push was."""
        head: dict[str, wire.XmlValue] = {
            "ToUserName": heard["FromUserName"],
            "FromUserName": heard["ToUserName"],
            "CreateTime": 1,
        }
        clear = wire.write({**head, **fields})
        return self.sealed(clear) if heard.encrypted else clear

    def sealed(self, clear: str) -> str:
        """A reply in the envelope of secure mode."""
        ciphertext, nonce, stamp = crypto.encrypt(clear, self.aes_key or "", self.app_id), new_nonce(), "1"
        signed = crypto.signature(self.token, stamp, nonce, ciphertext)
        return wire.write({"Encrypt": ciphertext, "MsgSignature": signed, "TimeStamp": int(stamp), "Nonce": nonce})

    async def _verify(self, request: web.Request) -> web.Response:
        self._check_signature(request)
        return web.Response(text=request.query["echostr"])

    async def _push(self, request: web.Request) -> web.StreamResponse:
        self._check_signature(request)
        try:
            root = self._opened(request, wire.read(await request.text()))
        except (ValueError, crypto.Undecryptable) as error:
            raise web.HTTPBadRequest from error
        heard = Heard(dict(request.query), root)
        self.heard.append(heard)
        said = await self.script(heard)
        if isinstance(said, web.StreamResponse):
            return said
        return web.Response(body=said.encode() if isinstance(said, str) else said)

    def _check_signature(self, request: web.Request) -> None:
        query = request.query
        expected = crypto.signature(self.token, query.get("timestamp", ""), query.get("nonce", ""))
        if not crypto.same(expected, query.get("signature", "")):
            raise web.HTTPForbidden

    def _opened(self, request: web.Request, root: ElementTree.Element) -> ElementTree.Element:
        if request.query.get("encrypt_type") != "aes":
            return root
        query, ciphertext = request.query, wire.content(root, "Encrypt")
        expected = crypto.signature(self.token, query["timestamp"], query["nonce"], ciphertext)
        if not crypto.same(expected, query.get("msg_signature", "")):
            raise web.HTTPForbidden
        return wire.read(crypto.decrypt(ciphertext, self.aes_key or "", self.app_id))
