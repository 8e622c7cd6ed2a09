"""Spoils clean phrases the way people, keyboards and speech recognition spoil them; for fitting and for tests."""

from collections.abc import Mapping
from pathlib import Path
from random import Random

_POLITE = ("您好，请问", "请问一下，", "麻烦问下", "你好呀，", "不好意思打扰一下，", "同志你好，")
_THANKS = ("，谢谢", "，麻烦您了", "，谢谢您！", "，辛苦了", "，谢谢哈", "")
_BEFORE = (
    "我今年七十三了，", "我才搬来没多久，", "我儿子在外地回不来，", "我老伴身体不好，", "昨天去问了一趟没问到，",
    "听楼下邻居说你们可以问，", "我在上班走不开，", "我不太会用手机，", "我家住三楼，", "打了几次电话都没打通，",
    "我一个人在家，", "帮我妈问一下，", "我也搞不懂这些，", "是这样的，",
)  # fmt: skip
_AFTER = (
    "，我不太懂", "，急", "，你给我说一下", "，我好去弄", "，晓得不嘛", "，麻烦说详细点", "，我记性不好",
    "，想今天就弄好", "",
)  # fmt: skip
_SPEECH = ("嗯", "那个", "就是", "然后", "呃")


class Noise:
    """Repeatable: the same seed spoils the same way."""

    def __init__(self, sounds: Path, simplified: Path, seed: int = 7) -> None:
        self.random = Random(seed)  # noqa: S311  (nothing secret)
        self._alike: dict[str, str] = {}
        self._pinyin: dict[str, str] = {}
        for line in sounds.read_text(encoding="utf-8").splitlines():
            syllable, chars = line.split("\t")
            self._alike.update(dict.fromkeys(chars, chars))
            self._pinyin.update(dict.fromkeys(chars, syllable))
        traditional, plain = simplified.read_text(encoding="utf-8").splitlines()
        self._traditional: Mapping[str, str] = dict(zip(plain, traditional, strict=True))
        self.kinds = (
            self.homophone, self.dropped, self.swapped, self.polite,
            self.told, self.spoken, self.traditional, self.pinyin,
        )  # fmt: skip

    def spoil(self, text: str) -> str:
        return self.random.choice(self.kinds)(text)

    def homophone(self, text: str) -> str:
        """One or two characters written as others of the same sound."""
        chars = list(text)
        for spot in self._spots(text, 1 + len(text) // 8):
            others = self._alike.get(chars[spot], chars[spot])
            chars[spot] = self.random.choice(others[:60])
        return "".join(chars)

    def dropped(self, text: str) -> str:
        if len(text) < 5:
            return text
        spot = self.random.randrange(len(text))
        return text[:spot] + text[spot + 1 :]

    def swapped(self, text: str) -> str:
        if len(text) < 5:
            return text
        spot = self.random.randrange(len(text) - 1)
        return text[:spot] + text[spot + 1] + text[spot] + text[spot + 2 :]

    def polite(self, text: str) -> str:
        return self.random.choice(_POLITE) + text + self.random.choice(_THANKS)

    def traditional(self, text: str) -> str:
        return "".join(self._traditional.get(char, char) for char in text)

    def told(self, text: str) -> str:
        """The need inside a story."""
        before = "".join(self.random.choices(_BEFORE, k=self.random.randint(1, 2)))
        return before + text + self.random.choice(_AFTER)

    def spoken(self, text: str) -> str:
        for spot in sorted(self._spots(text, 2), reverse=True):
            text = text[:spot] + self.random.choice(_SPEECH) + text[spot:]
        return self.homophone(text)

    def pinyin(self, text: str) -> str:
        """Two neighbouring characters typed as Latin letters."""
        if len(text) < 5:
            return text
        spot = self.random.randrange(len(text) - 1)
        typed = "".join(self._pinyin.get(char, char) for char in text[spot : spot + 2])
        return text[:spot] + typed + text[spot + 2 :]

    def _spots(self, text: str, count: int) -> list[int]:
        return self.random.sample(range(len(text)), min(count, len(text)))
