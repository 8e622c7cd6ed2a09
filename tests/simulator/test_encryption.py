"""The encryption of the simulator, checked against another implementation."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto

from bot.simulator import Platform, wire
from bot.simulator.crypto import Undecryptable, decrypt, encrypt
from bot.simulator.echo import Echo, Heard
from tests.simulator.client import APP_ID, KEY, OTHER_KEY, TOKEN


@pytest.mark.parametrize("text", ["", "a", "您好" * 700, "x" * 12, "🎋]]>"])
def test_what_one_implementation_encrypts_the_other_reads(text: str) -> None:
    xml = f"<xml><Content><![CDATA[{text.replace(']]>', '')}]]></Content></xml>"
    theirs = WeChatCrypto(TOKEN, KEY, APP_ID)
    sealed = wire.read(theirs.encrypt_message(xml, "nonce", "1"))
    assert decrypt(wire.content(sealed, "Encrypt"), KEY, APP_ID) == xml
    assert decrypt(encrypt(text, KEY, APP_ID), KEY, APP_ID) == text


@pytest.mark.parametrize(("key", "app_id"), [(OTHER_KEY, APP_ID), (KEY, "wxsomebodyelse0000")])
def test_another_key_or_account_cannot_read(key: str, app_id: str) -> None:
    with pytest.raises(Undecryptable):
        decrypt(encrypt("秘密", KEY, APP_ID), key, app_id)


@pytest.mark.parametrize("ciphertext", ["", "!", "AAAA", "A" * 44])
def test_rubbish_is_not_a_ciphertext(ciphertext: str) -> None:
    with pytest.raises(Undecryptable):
        decrypt(ciphertext, KEY, APP_ID)


async def test_a_product_built_on_wechatpy_is_understood(platform: Platform, echo: Echo) -> None:
    theirs = WeChatCrypto(TOKEN, KEY, APP_ID)

    async def answer(heard: Heard) -> str:
        message = parse_message(ElementTree.tostring(heard.root, encoding="unicode"))
        return str(theirs.encrypt_message(create_reply("收到", message).render(), "n", "1"))

    echo.script = answer
    assert (await platform.says(platform.person("granny"), "在吗")).text == "收到"
