"""The page of a lesson push: its words and links, the same for whoever has the address."""

from bot.rules import lesson_push
from bot.web.h5.page import NotThere, Pages, View, Visit
from bot.wording import lesson_push as say

pages = Pages()


@pages.get("/h5/pushes/{name}", for_all=True)
def one(visit: Visit) -> View:
    """Counted for whom the link was made, and showing nothing of them."""
    found = lesson_push.opened(visit.office, visit.path["name"])
    if found is None:
        raise NotThere
    facts = found.facts
    return View(
        "push.html",
        {
            "title": facts["title"],
            "lesson": facts.get("lesson_title", ""),
            "lesson_id": facts.get("lesson", ""),
            "when": say.when(facts),
            "where": facts.get("where", ""),
            "words": str(facts.get("words") or ""),
            "links": say.links(facts),
        },
    )
