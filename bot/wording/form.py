"""How a form is talked through, whatever it is for: what was not understood, what is kept, what comes next."""

CONFIRM = "确认"
LEAVE = "不办了"
PERSON = "找工作人员"
WHICH_TO_CHANGE = "要改哪一样？点一下，或者直接说新的。"
NOTHING_HELPS = "我还是没弄明白，不耽误您了，这件事先放下。"


def change(name: str) -> str:
    """A choice below what was read back."""
    return f"改{name}"


def again(question: str) -> str:
    """An answer that did not fit the question, once more."""
    return f"没听明白。{question}"


def left(title: str) -> str:
    return f"好的，{title}先不办了。想起来随时再说。"


def still_here(title: str) -> str:
    """Somebody comes back after a while."""
    return f"刚才的{title}还给您留着，接着来。"


def kept(title: str) -> str:
    """Something else comes between."""
    return f"（{title}先放着，一小时内说“继续”就接着办。）"
