"""The baseline: an aiohttp handler that verifies, decrypts, returns a constant reply and encrypts, and nothing else.

Its ciphers are wechatpy's PrpCrypto, as the product's; everything around them is the quickest honest way: the
ciphertext is cut out of the envelope with a regular expression, the message's XML is never read. It runs as a program
of its own: `python bench/ceiling.py PORT TOKEN APP_ID AES_KEY`.
"""

import hmac
import re
import secrets
import sys
from base64 import b64decode
from hashlib import sha1

from aiohttp import web
from wechatpy.crypto import PrpCrypto

_CIPHER = re.compile(rb"<Encrypt><!\[CDATA\[([^\]]*)\]\]>")
_REPLY = (
    "<xml><ToUserName><![CDATA[somebody]]></ToUserName><FromUserName><![CDATA[us]]></FromUserName>"
    "<CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{}]]></Content></xml>"
)
_ENVELOPE = (
    "<xml><Encrypt><![CDATA[{}]]></Encrypt><MsgSignature><![CDATA[{}]]></MsgSignature>"
    "<TimeStamp>{}</TimeStamp><Nonce><![CDATA[{}]]></Nonce></xml>"
)
WORDS = "constant " * 100  # as long as a usual answer of the product


class Ceiling:
    """One account's constant answer."""

    def __init__(self, token: str, app_id: str, aes_key: str) -> None:
        self._token = token
        self._app_id = app_id
        self._crypto = PrpCrypto(b64decode(aes_key + "="))
        self._reply = _REPLY.format(WORDS)

    async def receive(self, request: web.Request) -> web.Response:
        query = request.query
        found = _CIPHER.search(await request.read())
        timestamp, nonce = query["timestamp"], query["nonce"]
        if found is None or not self._is_signed(query["signature"], timestamp, nonce):
            return web.Response(status=403)
        cipher = found[1].decode()
        if not self._is_signed(query["msg_signature"], timestamp, nonce, cipher):
            return web.Response(status=403)
        self._crypto.decrypt(cipher, self._app_id)
        return web.Response(body=self._closed(timestamp), content_type="application/xml")

    def _is_signed(self, signed: str, *parts: str) -> bool:
        return hmac.compare_digest(self._signature(*parts), signed)

    def _closed(self, timestamp: str) -> bytes:
        cipher = self._crypto.encrypt(self._reply, self._app_id).decode()
        nonce = secrets.token_hex(8)
        return _ENVELOPE.format(cipher, self._signature(timestamp, nonce, cipher), timestamp, nonce).encode()

    def _signature(self, *parts: str) -> str:
        return sha1("".join(sorted((self._token, *parts))).encode(), usedforsecurity=False).hexdigest()


def main(port: int, token: str, app_id: str, aes_key: str) -> None:
    app = web.Application()
    app.router.add_post("/wechat", Ceiling(token, app_id, aes_key).receive)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:5])
