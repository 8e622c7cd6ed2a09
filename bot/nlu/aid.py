"""What neighbours say about helping each other: whether they need or offer, want to read, agree, or are done."""

import re

_OFFERS = re.compile(
    r"我(?:可以|能|会|愿意|来|想)(?!.{0,4}(?:求助|找人|借|请))|愿意|免费(?:送|教|帮|给)|送给|送人|转给|转让|闲置|可以借给|义务|结对"
    r"|用得[着到]的?来|多出来|多余|帮邻居|送旧|不要钱"
)
_READS = re.compile(r"有(?:哪些|什么|啥子?|没有)(?!.{0,3}(?:人|邻居|哪位|街坊))|看看|看一?下|列表|都有|谁需要|哪个需要")
_ENDS = re.compile(
    r"(?:互助|求助|帮忙的?信息|帖子?).{0,6}(?:撤|关|办好|解决|搞定|不用|取消|删)|(?:撤|关|取消|删).{0,4}(?:互助|求助|帖)"
)
_BARE = re.compile(r"^(?:邻里|邻居|社区|爱心)?(?:互助|互帮互助|相助)(?:信息|平台|专区)?[吧嘛呢。！!]*$")
_BEGINS = re.compile(
    r"^(?:我要|我想|帮我|请)?(?:帮我)?(?:发布?|登)(?:一?[个条])?(?:邻里)?(?:互助|求助)(?:信息)?[。！!]*$"
)
LEAST_WORDS = 7


def offers(text: str) -> bool:
    """Whether somebody offers help rather than needs it."""
    return _OFFERS.search(text) is not None


def reads(text: str) -> bool:
    """Whether somebody wants to see what neighbours posted."""
    return _BARE.match(text.strip()) is not None or _READS.search(text) is not None


def ends(text: str) -> bool:
    """Whether somebody wants their post to be gone."""
    return _ENDS.search(text) is not None


def tells(text: str) -> bool:
    """Whether a text says what is needed or offered, rather than only that there is something."""
    return len(text.strip()) >= LEAST_WORDS and _BEGINS.match(text.strip()) is None and not reads(text)
