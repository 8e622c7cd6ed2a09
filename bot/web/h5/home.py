"""The first of the residents' pages: what there is for them, and what is theirs."""

from bot.web.h5.page import Pages, View, Visit

pages = Pages()


@pages.get("/h5/", for_all=True)
def home(visit: Visit) -> View:
    return View("home.html", {"known": visit.resident is not None})
