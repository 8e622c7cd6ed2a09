"""A reply as the account's chat shows it: text, with what can be tapped as links. Source: docs/wechat.md §3."""

import re
from collections.abc import Iterable, Mapping

from bot.channels.official_account.incoming import Incoming
from bot.channels.xml import cdata
from bot.messages import Reply

MOST_BYTES = 2048
_CUT = "…"
_LINK = re.compile(r"<a\s[^>]*>.*?</a>|https?://[!-;=?-~]+", re.DOTALL)
_SAFE = str.maketrans({"<": "＜", ">": "＞", '"': "”", "&": "＆", "#": "＃", "%": "％", "\n": " "})


def reply_xml(reply: Reply, *, to: Incoming) -> bytes:
    """The clear XML of a passive text reply."""
    return (
        f"<xml><ToUserName>{cdata(to.sender)}</ToUserName><FromUserName>{cdata(to.account)}</FromUserName>"
        f"<CreateTime>{to.created}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content>{cdata(chat_text(reply.text, reply.choices))}</Content></xml>"
    ).encode()


def chat_text(text: str, choices: Mapping[str, str]) -> str:
    """Words and links in at most 2,048 bytes: the words give way, at a character, before a link does."""
    links = list(_links(choices))
    while links and len("\n".join(links).encode()) > MOST_BYTES // 2:
        links.pop()
    below = "\n\n" + "\n".join(links) if links else ""
    return cut(text, MOST_BYTES - len(below.encode())) + below


def cut(text: str, most: int) -> str:
    """The text in at most so many bytes of UTF-8, cut between characters, never in a link, with a sign of it."""
    raw = text.encode()
    if len(raw) <= most:
        return text
    kept = raw[: most - len(_CUT.encode())].decode(errors="ignore")
    for link in _LINK.finditer(text):
        if link.start() < len(kept) < link.end():
            kept = kept[: link.start()]
    return kept + _CUT


def _links(choices: Mapping[str, str]) -> Iterable[str]:
    """A numbered line each; a tap sends the label as if it had been typed."""
    for number, label in enumerate(choices, 1):
        safe = label.translate(_SAFE)
        yield f'{number}. <a href="weixin://bizmsgmenu?msgmenucontent={safe}&msgmenuid={number}">{safe}</a>'
