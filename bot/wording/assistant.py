"""What the group assistant says by itself: that it is still at it, what was chosen, and what it cannot read."""

WELCOME = "您好，我是社区的小助手，办事、服务、上课都可以问我。直接打字说就行，比如："
CALLED = "您好，我在。请说说要办什么事，比如："
IN_GROUP = "（选好了请@我说数字）"
STILL_AT_IT = "正在帮您查，请稍等……\n如果几分钟还没有答复，请再说一遍。"
LATER = "这件事要多等一会儿，办好了我再发消息告诉您。"
GONE = "这条答复没有找到，请再说一遍，我马上看。"
MEDIA = "收到了，不过这里我只看得懂文字。请用一句话说说是什么事；照片请在公众号里发给我，工作人员能看到。"
CHOSEN = "已选：{}"
CHOOSE = "请选一个"
SUBMIT = "就选这个"
MORE = "\n……\n全文请看：{}"
CUT = "…"
_MOST_QUOTED = 20


def chosen(label: str) -> str:
    """What stands on a card whose question is answered."""
    return CHOSEN.format(label)


def late(text: str, question: str) -> str:
    """An answer that comes as a message of its own, where others have spoken meanwhile."""
    asked = question if len(question) <= _MOST_QUOTED else question[:_MOST_QUOTED] + CUT
    return f"“{asked}”\n{text}" if asked else text


def more(link: str) -> str:
    """What stands below an answer that was cut."""
    return MORE.format(link) if link else f"\n{CUT}{CUT}"
