"""The words of the day of what the samples have published: drawn with this run's key, as publishing by hand does."""

from bot.rules.activity import give_code
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store.activity import Kind


def fill(office: Office) -> None:
    """One for whatever residents see and has none."""
    for kind in Kind:
        for its in activities.everything(office.session, kind):
            if its.is_published and its.check_in is None:
                give_code(office, its)
