"""What residents asked and nobody could answer: in groups, each one click from a new entry, or set aside."""

from bot.rules import knowledge_gap
from bot.rules.knowledge_gap import Gap
from bot.store.staff import StaffRole
from bot.web.console.knowledge import KNOWLEDGE, WRITERS, newest
from bot.web.console.knowledge_entry import title, uuid_of
from bot.web.console.page import Answer, Beside, Go, Handler, Pages, View, Visit
from bot.wording import knowledge as say

pages = Pages()
GAPS = KNOWLEDGE + "/gaps"
MOST_ROWS = 400


@pages.get(GAPS, roles=WRITERS | {StaffRole.AUDITOR})
def show(visit: Visit) -> Answer:
    """Gathered beside the desk: thousands of texts are compared."""
    asked, known, now = knowledge_gap.asked(visit.office), newest(visit), visit.office.now
    aside, words = visit.asked.query.get("aside") == "1", visit.asked.query.get("q", "").strip()[:60]

    def work() -> Handler:
        found = [gap for gap in knowledge_gap.gaps(asked, known, now) if gap.not_ours is aside]
        chosen = [gap for gap in found if any(words in text for text in gap.texts)]
        names = {gap.guess: title(known, gap.guess) for gap in chosen if gap.guess}
        names |= {target: title(known, target) for gap in chosen for target, _ in gap.meant}
        return lambda later: _page(later, chosen, names, len(asked))

    return Beside(work)


def _page(visit: Visit, found: list[Gap], names: dict[str, str], count: int) -> View:
    visit.noted("knowledge.gaps", rows=sum(gap.size for gap in found))
    facts = {
        "gaps": found,
        "names": names,
        "count": count,
        "aside": visit.asked.query.get("aside") == "1",
        "q": visit.asked.query.get("q", "").strip()[:60],
        "words": say,
        "most": knowledge_gap.MOST_WAYS,
        "most_rows": MOST_ROWS,
        "may_write": visit.me.role in WRITERS,
    }
    return View("knowledge_gaps.html", facts)


@pages.post(GAPS + "/aside", roles=WRITERS)
def aside(visit: Visit) -> Answer:
    """Nothing for the community to answer; or after all."""
    ids = [one for text in visit.asked.form.get("rows", "").split(",")[:MOST_ROWS] if (one := uuid_of(text))]
    ours = visit.asked.form.get("ours") == "1"
    changed = knowledge_gap.set_aside(visit.office, ids, ours=ours)
    visit.noted("knowledge.set_aside", rows=changed, ours=ours)
    return Go(f"{GAPS}?aside=1" if ours else GAPS, "saved")
