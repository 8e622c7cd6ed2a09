"""The customer service account: which one is ours, that something waits there, and the link that leads to it."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from bot.rules import place
from bot.rules.office import Office
from bot.rules.place import Address, Door
from bot.store import group, kf
from bot.store import place as store_place

LINK_SCENE = "weizhan"
TOKEN_LASTS = timedelta(minutes=10)
MOST_PARAM = 128  # bytes, as they stand in the address
CONTEXT = "from"  # the scene of a link that says where somebody comes from: `from-GROUP~COMPOUND~BUILDING`
_APART = "~"


@dataclass(frozen=True, slots=True)
class Context:
    """Where somebody comes from: the name of a group, "" for none, and a building that may be their home."""

    group: str = ""
    home: Address | None = None


def configure(office: Office, open_kfid: str) -> None:
    """That account is ours from now on; whatever waits there is looked for."""
    kf.configure(office.session, open_kfid, office.now)


def hear(office: Office, open_kfid: str, token: str) -> bool:
    """The platform says that something waits. False for an account that is not ours."""
    sealed = office.seal.close(token) if token else None
    return kf.heard(office.session, open_kfid, token=sealed, until=office.now + TOKEN_LASTS, now=office.now)


def link(office: Office, scene_param: str = "") -> str:
    """The address by which a resident in WeChat comes to customer service; "" where there is none (yet).

    `scene_param` comes back when they enter. Raises ValueError for one that the platform would cut.
    """
    said = quote(scene_param, safe="")
    if len(said) > MOST_PARAM:
        raise ValueError("a scene_param has at most 128 bytes")
    account = kf.active(office.session)
    if account is None or not account.url:
        return ""
    if not said:
        return account.url
    return f"{account.url}{'&' if '?' in account.url else '?'}scene_param={said}"


def scene(*, group: str = "", compound: str = "", building: str = "") -> str:
    """The scene_param that names a group by its code, and the building by its compound's code and its number."""
    return f"{CONTEXT}-{group}{_APART}{compound}{_APART}{building}".rstrip(_APART)


def context(office: Office, said: str) -> Context:
    """What such a scene_param names, as far as it is known here: anybody may write one."""
    group_code, _, rest = said.partition("-")[2].partition(_APART)
    compound_code, _, number = rest.partition(_APART)
    chat = group.coded(office.session, group_code) if group_code else None
    name = chat.name if chat is not None and chat.active else ""
    compound = store_place.compound_coded(office.session, compound_code) if compound_code else None
    if compound is None or not number:
        return Context(name)
    found = [one for one in store_place.buildings_of(office.session, [compound.id]) if one.number == number]
    door = Door(compound.id, found[0].id) if found else None
    return Context(name, place.address(office.session, door) if door else None)
