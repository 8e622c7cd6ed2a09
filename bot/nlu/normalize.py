"""Takes away what does not change a message's meaning: width, script, stickers, mentions, politeness, filler."""

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from bot.nlu.dialect import Dialect

LONGEST = 500  # of a longer text the first and the last characters below are read
KEPT_OF_LONG = 200

_MENTION = re.compile(r"@[^\s@]{1,20}(?:\s|$)")
_STICKER = re.compile(r"\[[\u4e00-\u9fffA-Za-z]{1,4}\]|/:[:\w\-~@#$&*()<>]{1,6}")
_LINK = re.compile(r"https?://\S+")
_ASKING_MARK = re.compile(r"[?？]")
_BLANKS = re.compile(r"\s+")
_SPELLED_OUT = re.compile(r"(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff](?:\s|$))|(?<=[a-z])\s(?=[a-z])")
_POLITE = re.compile(
    r"请问(?:一下|下)?|请教(?:一下|下)?|麻烦(?:您|你|你们|您们)?(?:一下|了)?|打扰(?:您|你|你们)?(?:一下|了)?|不好意思|劳驾|"
    r"(?:您|你)们?好(?:呀|啊|哇)?|(?:非常|十分|万分|多|太|先)?(?:感谢|谢谢|谢了|多谢)(?:您|你|你们|各位|大家|支持|配合|了|啦|哈|呀|啊)*|"
    r"辛苦(?:您|你|你们)?(?:了|啦)*|拜托(?:您|你|了|啦)*|(?:给|跟)(?:您|你|你们)添麻烦了|"
    r"(?:我)?(?:想|要)?(?:咨询|请教|了解|问)(?:一下|下|一哈|个事|一个问题|个问题)(?:情况)?|能(?:不能|否)?告诉我(?:一下)?|"
    r"(?:社区|站里|居委会)?(?:的)?(?:工作人员|同志|师傅|老师|小站|客服|美女|帅哥|亲)(?=你好|您好|[,，\s]|$)|"
    r"那个那个|就是说|然后呢|嗯+|呃+|额(?=\s|$)|哎呀?|唉|诶|哦豁|那啥|怎么说呢|是这样的?"
)
_PARTICLES = re.compile(r"(?<=[\u4e00-\u9fff])(?:嘛|哦|噢|喔|啊|呀|呢|吧|哈|噻|咯|啦|哟|哒|撒|嗦|嘞|哩)+(?=\s|$)")


_COUNT = "[0-9零〇一二三四五六七八九十]{1,3}"
_REST = f"(?:{_COUNT}单元)?(?:{_COUNT}[楼层])?(?:[0-9零〇一二三四五六七八九]{{3,4}}(?:室|号|房)?)?"
_DOOR = re.compile(f"{_COUNT}(?:栋|幢|号楼){_REST}|{_COUNT}单元{_REST}")


class _CharTable(dict[int, str | None]):
    """A `str.translate` table that learns each new character once, from its Unicode category."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char).lower()
        if len(plain) != 1:
            plain = plain if plain.isalnum() else " "
        elif unicodedata.category(plain)[0] not in "LN":
            plain = "" if plain in "\ufe0f\u200d\u200b\ufeff" else " "
        elif (simple := self.get(ord(plain))) is not None:
            plain = simple
        self[code] = plain
        return plain


@dataclass(frozen=True, slots=True)
class Plain:
    """A message as it is matched: `text` without blanks, `clauses` as the writer divided it."""

    text: str
    clauses: tuple[str, ...]
    said: tuple[str, ...]  # the clauses with their politeness
    asks: bool  # a question mark was written

    def without(self, names: re.Pattern[str]) -> "Plain":
        """The same without these names, unless nothing would be left of it."""
        clauses = tuple(filter(None, (names.sub("", clause) for clause in self.clauses)))
        return replace(self, text="".join(clauses), clauses=clauses) if clauses else self


class Normalizer:
    """Folds a raw text into its plain form; the same for messages and for the phrases they are matched with.

    A door is said in a slot; beside a need it tells nothing of the need, and goes.
    """

    def __init__(self, simplified: Path, dialect: Dialect) -> None:
        """`simplified`: a line of traditional characters, then a line of their simplified forms."""
        traditional, plain = simplified.read_text(encoding="utf-8").splitlines()
        self._chars = _CharTable(zip(map(ord, traditional), plain, strict=True))
        self._dialect = dialect

    def read(self, raw: str) -> Plain:
        """Never fails; a text of nothing but signs gives an empty `text`."""
        raw = clip(raw)
        if "@" in raw:
            raw = _MENTION.sub(" ", raw)
        if "[" in raw or "/:" in raw:
            raw = _STICKER.sub(" ", raw)
        if "http" in raw:
            raw = _LINK.sub(" ", raw)
        folded = _BLANKS.sub(" ", raw.translate(self._chars)).strip()
        if " " in folded:
            folded = _SPELLED_OUT.sub("", folded)
        said = self._dialect.plain(folded)
        bare = _PARTICLES.sub("", _POLITE.sub(" ", said))
        clauses = tuple(bare.split()) or tuple(said.split())
        plain = Plain("".join(clauses), clauses, tuple(said.split()), bool(_ASKING_MARK.search(raw)))
        return plain.without(_DOOR) if "栋" in said or "单元" in said or "幢" in said or "号楼" in said else plain


def clip(raw: str) -> str:
    """Of a very long text the beginning and the end, where people say what they want."""
    return raw if len(raw) <= LONGEST else raw[:KEPT_OF_LONG] + " " + raw[-KEPT_OF_LONG:]
