"""Links to our pages below a reply: words to tap where the channel has such links, else words and address."""

import re

_ANCHOR = re.compile(r'<a href="([^"]+)">(.*?)</a>', re.DOTALL)


def below(text: str, words: str, address: str) -> str:
    """The text with a line to tap; unchanged where there is no address to reach."""
    return f'{text}\n<a href="{address}">{words}</a>' if address else text


def spelled_out(text: str) -> str:
    r"""As a terminal shows it, that has no links: the words and the address.

    >>> spelled_out('好的\n<a href="https://a.example/h5/">看日历</a>')
    '好的\n看日历: https://a.example/h5/'
    """
    return _ANCHOR.sub(r"\2: \1", text)
