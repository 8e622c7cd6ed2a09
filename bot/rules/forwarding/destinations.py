"""Which destinations there are and who may ask us: what an operator adds, lists and drops."""

import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from bot.errors import OperatorError
from bot.nlu.kinds import Trouble
from bot.privacy import Seal
from bot.rules.office import Office
from bot.store import forwarding
from bot.store.forwarding import ApiKey, Destination, Form, Way

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Draft:
    """A destination as the operator describes it. `within`: code of a community or station, "" for the whole city."""

    code: str
    title: str
    way: Way
    address: str
    secret: str = field(default="", repr=False)
    jurisdiction: str = ""
    form: Form = Form.JSON
    talks: bool = False
    within: str = ""
    kinds: Sequence[str] = ()
    services: Mapping[str, str] = field(default_factory=dict)
    contact_leaves: bool = False
    words_leave: bool = False


def add(office: Office, draft: Draft) -> Destination:
    """Take up a destination. Raises OperatorError with what is wrong about it."""
    check(draft)
    if forwarding.destination(office.session, draft.code) is not None:
        raise OperatorError(f"there is a destination {draft.code} already; drop it first, or choose another code")
    row = Destination(
        code=draft.code,
        title=draft.title,
        way=draft.way.value,
        address=draft.address,
        secret=office.seal.close(draft.secret) if draft.secret else None,
        jurisdiction=draft.jurisdiction,
        form=draft.form.value,
        talks=draft.talks,
        area_id=area_of(office, draft.within) if draft.within else None,
        kinds=list(draft.kinds),
        services=dict(draft.services),
        contact_leaves=draft.contact_leaves,
        words_leave=draft.words_leave,
        created_at=office.now,
        poll_at=office.now if draft.way is Way.OPEN311 else None,
        polled_to=office.now,
    )
    forwarding.add(office.session, row)
    return row


def drop(office: Office, code: str) -> Destination:
    """Send nothing more there; what it was sent stays on record. Raises OperatorError where there is none."""
    found = forwarding.destination(office.session, code)
    if found is None or not found.active:
        raise OperatorError(f"there is no destination {code} in use; weizhan destination list shows them")
    found.active, found.secret = False, None
    found.code = f"{code[:20]}~{found.id.hex[-8:]}"  # so that the code is free again
    return found


def add_key(office: Office, code: str, *, within: str = "", destination: str = "", may_post: bool = False) -> str:
    """Make a key and return it, the only time it can be read. Raises OperatorError."""
    if not _CODE.fullmatch(code):
        raise OperatorError("a key's code has lower-case letters, digits and hyphens, at most 32")
    if forwarding.key_named(office.session, code) is not None:
        raise OperatorError(f"there is a key {code} already; drop it first, or choose another code")
    of = forwarding.destination(office.session, destination) if destination else None
    if destination and of is None:
        raise OperatorError(f"there is no destination {destination}; weizhan destination list shows them")
    key = secrets.token_urlsafe(32)
    row = ApiKey(
        code=code,
        digest=digest(office.seal, key),
        area_id=area_of(office, within) if within else None,
        destination_id=of.id if of else None,
        may_post=may_post,
        created_at=office.now,
    )
    forwarding.add(office.session, row)
    return key


def drop_key(office: Office, code: str) -> None:
    """Let the key open nothing any more. Raises OperatorError where there is none."""
    found = forwarding.key_named(office.session, code)
    if found is None or not found.active:
        raise OperatorError(f"there is no key {code} in use; weizhan api-key list shows them")
    found.active = False
    found.code = f"{code[:20]}~{found.id.hex[-8:]}"


def digest(seal: Seal, key: str) -> str:
    """What is kept of a key: by it the key is found, and from it nobody finds the key."""
    return hmac.new(seal.key("api keys"), key.encode(), sha256).hexdigest()


def area_of(office: Office, code: str) -> UUID:
    found = forwarding.area_coded(office.session, code)
    if found is None:
        raise OperatorError(f"there is no community or station {code}; weizhan export grids shows the codes")
    return found


def check(draft: Draft) -> None:
    """Raises OperatorError for the first thing that cannot be right."""
    if not _CODE.fullmatch(draft.code):
        raise OperatorError("a destination's code has lower-case letters, digits and hyphens, at most 32")
    if not draft.title.strip():
        raise OperatorError("a destination needs a title: residents read it")
    for kind in (*draft.kinds, *draft.services):
        if kind not in set(Trouble):
            raise OperatorError(f"{kind} is no kind of trouble; the kinds are: {', '.join(Trouble)}")
    if draft.way is Way.WEBHOOK and len(draft.secret) < 16:
        raise OperatorError("a webhook needs a secret of at least 16 characters; its receiver checks the signature")
    _check_address(draft)


def _check_address(draft: Draft) -> None:
    if draft.way is Way.EMAIL:
        where, _, to = draft.address.rpartition("/")
        parts = urlsplit(where)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not _MAIL.fullmatch(to):
            raise OperatorError("an e-mail destination is smtp://[USER@]HOST[:PORT]/TO@EXAMPLE.ORG or smtps://…")
        return
    if draft.way is Way.CSV:
        if not draft.address.startswith("/"):
            raise OperatorError("a CSV destination is the whole path of a folder")
        return
    parts = urlsplit(draft.address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
        raise OperatorError("the address must begin with https://; http:// goes to this machine only")
