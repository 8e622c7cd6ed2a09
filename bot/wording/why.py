"""Why a message was taken as it was, told to those who look after the knowledge base."""

from bot.nlu.explain import Explanation, Why

NAME = "说法"
SCORE = "得分"
STRENGTH = "合计"
NONE_OF_THEM = "都不是"

_EVIDENCE = {
    "words": "共同的词",
    "gain_words": "词的分量",
    "gain_chars": "字的分量",
    "likeness": "读音相近",
    "missing": "缺的词",
    "mode": "问、要、说",
    "bias": "起点",
    "strange": "生词",
    "length": "长短",
    "weight": "信息多少",
    "richness": "说法多少",
}


def evidence(name: str) -> str:
    """The kind of evidence, as a person would call it; one without a name of its own by that of the model."""
    return _EVIDENCE.get(name, name)


def sentence(why: Explanation) -> str:
    """The one reason that decided."""
    score = why.candidates[0].score if why.candidates else 0.0
    match why.why:
        case Why.NOTHING:
            return "除了符号和表情什么也没说，没法理解。"
        case Why.ONE_WORD:
            return "整句就是一个招呼、道谢或指令，不用比较，直接认定。"
        case Why.WORD_FOR_WORD:
            return "和知识库里的一个问法一字不差，直接认定。"
        case Why.SEVERAL:
            return f"一句话里有{len(why.understanding.targets)}件事，各自都够清楚，按先后都答。"
        case Why.SURE:
            return f"第一名得{score:.2f}，达到{why.sure:.2f}，可以答。"
        case Why.HELD_BACK:
            return "分数够了，但这件事没有被明说，或者说了不要、只是在问，所以先问清楚再办。"
        case Why.FOREIGN:
            return "像是在问别人的信息、让代写或打听闲事，不归社区管，所以压低了分数。"
        case Why.DOUBT:
            return f"第一名得{score:.2f}，在{why.open:.2f}和{why.sure:.2f}之间，拿不准，请居民选。"
        case Why.UNKNOWN:
            return f"第一名只有{score:.2f}，不到{why.open:.2f}，当作没听懂。"
