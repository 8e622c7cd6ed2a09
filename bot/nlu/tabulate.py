"""Makes the small tables once, so that no pronouncing, converting or cutting library is needed at run time.

`python -m bot.nlu.tabulate` writes `data/sounds.txt` (a syllable and its characters on each line),
`data/simplified.txt` (traditional characters, and below them their simplified forms in the same order) and
`data/words.txt` (the sum of all counts, then a count and its words on each line, rising).
Needs the development extra (jieba, pypinyin) and opencc.
"""

from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parent / "data"
CJK = range(0x4E00, 0x9FFF)
RAREST = 20  # words that the dictionary counted less often stay out, unless the lexicon has them


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


def words() -> str:
    """Those of jieba's words that are counted often enough."""
    import jieba

    total = 0
    by_count: dict[int, list[str]] = defaultdict(list)
    with jieba.get_dict_file() as lines:
        for word, count, _ in (line.decode("utf-8").split(" ", 2) for line in lines):
            total += int(count)
            by_count[int(count)].append(word)
    kept = (" ".join((str(count), *by_count[count])) for count in sorted(by_count) if count >= RAREST)
    return "\n".join((str(total), *kept)) + "\n"


def main() -> None:
    DATA.mkdir(exist_ok=True)
    (DATA / "sounds.txt").write_text(sounds(), encoding="utf-8")
    (DATA / "words.txt").write_text(words(), encoding="utf-8")
    (DATA / "simplified.txt").write_text(simplified(), encoding="utf-8")


if __name__ == "__main__":
    main()
