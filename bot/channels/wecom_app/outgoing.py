"""A reply as WeCom's chat shows it: text, with what can be chosen as numbered lines."""

from collections.abc import Mapping

from bot.channels.official_account.outgoing import cut
from bot.channels.wecom_app.incoming import Incoming
from bot.channels.xml import cdata
from bot.messages import Reply

MOST_BYTES = 2048


def reply_xml(reply: Reply, *, to: Incoming) -> bytes:
    """The clear XML of a passive text reply."""
    return (
        f"<xml><ToUserName>{cdata(to.sender)}</ToUserName><FromUserName>{cdata(to.corp)}</FromUserName>"
        f"<CreateTime>{to.created}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content>{cdata(chat_text(reply.text, reply.choices))}</Content></xml>"
    ).encode()


def chat_text(text: str, choices: Mapping[str, str]) -> str:
    """Words and numbered choices in at most 2,048 bytes: the words give way before a choice does."""
    below = "".join(f"\n{number}. {label}" for number, label in enumerate(choices, 1))
    if len(below.encode()) > MOST_BYTES // 2:
        below = cut(below, MOST_BYTES // 2)
    return cut(text, MOST_BYTES - len(below.encode())) + below
