"""Makes the two small character tables once, so that no pronouncing or converting library is needed at run time.

`python -m bot.nlu.tabulate` writes `data/sounds.txt` (a syllable and its characters on each line) and
`data/simplified.txt` (traditional characters, and below them their simplified forms in the same order).
Needs the development extra (pypinyin) and opencc.
"""

from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parent / "data"
CJK = range(0x4E00, 0x9FFF)


def encodable(codec: str) -> list[str]:
    """The unified ideographs that an older character set thought worth having, which drops the rare ones."""
    return [chr(code) for code in CJK if chr(code).encode(codec, errors="ignore")]


def sounds() -> str:
    """Every character of GB 2312 under its most usual reading, without tone."""
    from pypinyin import lazy_pinyin

    by_syllable: dict[str, list[str]] = defaultdict(list)
    for char in encodable("gb2312"):
        by_syllable[lazy_pinyin(char)[0]].append(char)
    return "".join(f"{syllable}\t{''.join(chars)}\n" for syllable, chars in sorted(by_syllable.items()))


def simplified() -> str:
    """The traditional characters of Big5 that have a simplified form of their own, and these forms."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    pairs = [(char, plain) for char in encodable("big5") if (plain := convert(char)) != char and len(plain) == 1]
    return "".join(char for char, _ in pairs) + "\n" + "".join(plain for _, plain in pairs) + "\n"


def main() -> None:
    DATA.mkdir(exist_ok=True)
    (DATA / "sounds.txt").write_text(sounds(), encoding="utf-8")
    (DATA / "simplified.txt").write_text(simplified(), encoding="utf-8")


if __name__ == "__main__":
    main()
