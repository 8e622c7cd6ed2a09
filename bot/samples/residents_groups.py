"""The sample residents' groups in WeChat: taken up, a text for newcomers, words for the helper, some talk."""

from collections.abc import Mapping, Sequence

from bot.rules import customer_group, kf
from bot.rules.office import Office
from bot.samples.wecom import RESIDENTS_GROUPS
from bot.store import kf as kf_rows

CODES = {"wr-sample-3": "xincun3", "wr-sample-1": "huayuan"}
TALK = {  # by whose phone on the table it is
    "wr-sample-3": (("granny", "楼道的灯又不亮了，哪个管嘛"), ("parent", "@小助理 报修")),
    "wr-sample-1": (("parent", "周末娃儿有没有活动哦"),),
}


def fill(
    office: Office, open_kfid: str, way: str, *, welcome: str, answers: Sequence[tuple[str, str]]
) -> Mapping[str, Mapping[str, str]]:
    """Take the groups up; `way` leads to customer service, newcomers read `welcome`.

    Returns the helper's `answers` for each group, to be pasted.
    """
    kf.configure(office, open_kfid)
    kf_rows.keep_link(office.session, open_kfid, way)
    pasted = {}
    for one in RESIDENTS_GROUPS:
        customer_group.known(office, [one.chat_id])
        customer_group.seen(office, one.chat_id, name=one.name, owner=one.owner, members=one.people + 1)
        customer_group.adopt(office, one.chat_id, CODES[one.chat_id])
        customer_group.welcome(office, one.chat_id, welcome)
        customer_group.want_way_in(office, one.chat_id)
        pasted[one.chat_id] = dict(customer_group.keywords(office, answers, CODES[one.chat_id]))
    return pasted
