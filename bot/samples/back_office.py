"""A sample destination: the simulated back office of the city, and the key with which it reports."""

from bot.rules.forwarding import destinations
from bot.rules.forwarding.destinations import Draft
from bot.rules.office import Office
from bot.store.forwarding import Way

CODE, TITLE, JURISDICTION = "city", "示例市政后台", "SQ01"


def fill(office: Office, address: str) -> str:
    """Let tickets of the sample community go to the office at that address; returns its key."""
    draft = Draft(code=CODE, title=TITLE, way=Way.OPEN311, address=address, jurisdiction="sample", talks=True)
    destinations.add(office, draft)
    return destinations.add_key(office, CODE, within=JURISDICTION, destination=CODE)
