"""What is meant by somebody who quotes words of another and says hardly anything of their own."""

import re

_NOISE = re.compile(r"[\s，。,.!！?？~～、:：;；“”\"'（）()…]+")
_POINTS = re.compile(
    r"^(?:请问|请|麻烦|帮我|帮忙|帮|你|您|给|我|我们|这|那|它|上面|上头|前面|刚才|一下|一哈|哈|个|条|件|位|事|事情|问题|情况|东西|消息|句"
    r"|是|该|应该|要|能|可以|得|啥子|啥|什么|意思|怎么|咋个|咋|如何|为啥子|为啥|为什么|哪个|哪|办理|办|弄|整|处理|解决|解释|回答|回复|答|看看|看|瞧|说|讲"
    r"|找谁|谁|管|去|里|儿|嘛|吗|呢|呀|啊|吧|哦|的|了|呗|同问|同|也|想|知道|问|有|没有|没|答案|人|理)+$"
)


def points_only(text: str) -> bool:
    """Whether the words say nothing without what they point at.

    >>> points_only("这个咋办嘛？"), points_only("居住证咋办"), points_only("？")
    (True, False, True)
    """
    bare = _NOISE.sub("", text)
    return not bare or _POINTS.match(bare) is not None


def joined(text: str, quoted: str) -> str:
    """The words to be understood: with the quoted ones before them where one's own only point at those."""
    if not quoted or not points_only(text):
        return text
    return " ".join(filter(None, (quoted, _NOISE.sub("", text))))
