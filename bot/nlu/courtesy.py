"""Tells a mere greeting or thanks from a need: these are whole messages or openings, never likenesses."""

import re
from collections.abc import Iterable

_ROOM = re.compile(
    r"(?:"
    r"你|您|们|you|so much|very|让|叫|请问|哪位|小助手|服务|亲爱的|朋友|邻居|叔叔|阿姨|哥|姐|帅|"
    r"好人|多关照|关照|这么|那么|还是|实在|确实|有|给力|暖心|贴心|棒|大家|各位|同志|师傅|老师|小站|微站|助手|"
    r"机器人|客服|工作人员|社区|的|了|啦|呀|啊|哈|哦|嘛|呢|吧|咯|噻|哒|好的|好|要得|行|嗯|知道|明白|懂|"
    r"晓得|收到|原来如此|帮助|帮忙|支持|配合|回复|解答|耐心|非常|十分|太|多|很|真|先|我|是|这|就|麻烦|打扰|"
    r"费心|问题|解决|帮|大忙|给|添|又|再次|"
    r"\s)*"
)


class Courtesy:
    """Knows the words of greeting and of thanks."""

    def __init__(self, greetings: Iterable[str], thanks: Iterable[str]) -> None:
        self._greeting = _any_of(greetings)
        self._thanks = _any_of(thanks)

    def only(self, folded: str) -> str | None:
        """Return greet or thanks for a text that says nothing else; `folded`: before politeness is taken away."""
        rest = self._thanks.sub("", folded)
        if rest != folded and _ROOM.fullmatch(self._greeting.sub("", rest)):
            return "thanks"
        rest = self._greeting.sub("", folded)
        return "greet" if rest != folded and _ROOM.fullmatch(rest) else None

    def thanks_first(self, clauses: Iterable[str]) -> bool:
        """Whether the first clause is thanks for what went before, with a need after it."""
        first = next(iter(clauses), "")
        return self.only(first) == "thanks"


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
