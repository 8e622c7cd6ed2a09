"""Chinese numerals and look-alike characters, since residents write 12, １２, 十二 and 一二 for the same thing."""

import re

SPOKEN = "零〇一幺二两三四五六七八九"  # digits that are read out one by one; for use inside a character class

_NAMES = ("零〇○", "一幺壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {char: str(value) for value, chars in enumerate(_NAMES) for char in chars}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LONGEST = 13  # digits; nothing that residents count or read out here is longer

# One character for one character, so that positions stay true. Only what times, addresses, services and roles are
# written with: the full conversion is the business of whoever normalises the message.
_SAME = (
    ("０１２３４５６７８９：／－．＃", "0123456789:/-.#"),
    ("點後週兩禮號時鐘個過這間幾從節國慶陽臘歲來還", "点后周两礼号时钟个过这间几从节国庆阳腊岁来还"),
    ("棟單樓員門開櫃區書記長業務網級處關", "栋单楼员门开柜区书记长业务网级处关"),
    ("馬燈電視熱龍頭氣調機潔掃髮鎖換護診購寫複紙", "马灯电视热龙头气调机洁扫发锁换护诊购写复纸"),
    ("請師裝壞髒廁運煙爐廚", "请师装坏脏厕运烟炉厨"),
)
_PLAIN = str.maketrans("".join(foreign for foreign, _ in _SAME), "".join(own for _, own in _SAME))
_FOREIGN = re.compile("[" + re.escape("".join(foreign for foreign, _ in _SAME)) + "]")


def plain(text: str) -> str:
    """Return the text at the same length, with ASCII digits and the simplified form of the characters of this trade."""
    return text.translate(_PLAIN) if _FOREIGN.search(text) else text


def read(numeral: str) -> int | None:
    """Return 12 for 12, 十二 and 一二; 602 for 六零二 and 六百零二; None for anything else."""
    digits = spoken(numeral)
    if digits is not None:
        return int(digits)
    return _positional("二十" + numeral[1:] if numeral.startswith("廿") else numeral)


def spoken(text: str) -> str | None:
    """Return the digits of a number that is read out one by one (幺三八 → 138), None when it is not one."""
    digits = "".join(_DIGITS.get(char, char) for char in text)
    return digits if digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST else None


def _positional(numeral: str) -> int | None:
    total, digit, smallest = 0, "", 10_000
    for char in numeral:
        unit = _UNITS.get(char)
        if unit is None:
            if char not in _DIGITS:
                return None
            digit = _DIGITS[char]
        elif unit >= smallest:
            return None
        else:
            total, digit, smallest = total + int(digit or 1) * unit, "", unit
    return total + int(digit or 0) if numeral else None
