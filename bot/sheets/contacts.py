"""Contacts as a workbook: a post each, for what it is responsible, and who stands in."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.nlu import places
from bot.sheets import hours, words
from bot.sheets.kind import Kind
from bot.sheets.row import Row, unique
from bot.store import Session, contact, grid, place
from bot.store.contact import Contact
from bot.store.place import Level

SCOPES = {"grid": "grid_id", "building": "building_id", "compound": "compound_id", "community": "area_id"}


class Scopes:
    """Everything a post can be for, by the code that the workbook uses, such as XQ01-3 for a building."""

    def __init__(self, session: Session) -> None:
        grids, compounds = grid.grids(session), place.compounds(session)
        code = {one.id: one.code for one in compounds}
        area = {one.id: one.area_id for one in compounds}
        buildings = place.buildings(session)
        self.ids: Mapping[str, Mapping[str, UUID]] = {
            "grid": {one.code: one.id for one in grids},
            "building": {f"{code[one.compound_id]}-{one.number}": one.id for one in buildings},
            "compound": {one.code: one.id for one in compounds},
            "community": {one.code: one.id for one in place.areas(session) if one.level == Level.COMMUNITY},
        }
        self.codes = {kind: {id_: code for code, id_ in ids.items()} for kind, ids in self.ids.items()}
        self.communities: Mapping[UUID, UUID] = {
            **{one.id: one.area_id for one in grids},
            **area,
            **{one.id: area[one.compound_id] for one in buildings},
            **{id_: id_ for id_ in self.ids["community"].values()},
        }


def take_in(session: Session, rows: Sequence[Row]) -> set[UUID]:
    """Write the posts by their code; a post that is in no row stays as it is, one without a phone is vacant."""
    known = {one.code: one for one in contact.contacts(session)}
    scopes = Scopes(session)
    unique(rows, "code")
    touched: set[UUID] = set()
    for row in rows:
        code, scope = row.text("code", needed=True, most=32), _scope(row, scopes)
        values: dict[str, object] = {
            "role": row.one_of("role", "role"),
            "title": row.text("title", needed=True),
            "phone": row.phone("phone"),
            "hours": hours.read(row),
            "leave_from": row.day("leave_from"),
            "leave_until": row.day("leave_until"),
            **dict.fromkeys(SCOPES.values()),
        }
        _check_leave(row)
        if row.problems or scope is None:
            continue
        values[SCOPES[scope[0]]] = scope[1]
        touched.add(scopes.communities[scope[1]])
        found = known[code] = known.get(code) or Contact(code=code, role="", title="", hours={})
        found.sqlmodel_update(values)
        session.add(found)
    _stand_ins(rows, known)
    session.flush()
    return touched


def give_out(session: Session, _zone: ZoneInfo) -> Iterator[Mapping[str, str]]:
    """Every post, by code."""
    scopes, posts = Scopes(session), contact.contacts(session)
    codes = {post.id: post.code for post in posts}
    for post in posts:
        kind, id_ = next((kind, id_) for kind, column in SCOPES.items() if (id_ := getattr(post, column)))
        yield {
            "code": post.code,
            "role": words.names("role")[post.role],
            "title": post.title,
            "phone": post.phone,
            "scope_kind": words.names("scope")[kind],
            "scope": scopes.codes[kind][id_],
            **hours.write(post.hours),
            "leave_from": post.leave_from.isoformat() if post.leave_from else "",
            "leave_until": post.leave_until.isoformat() if post.leave_until else "",
            "stand_in": codes[post.stand_in_id] if post.stand_in_id else "",
        }


def _scope(row: Row, scopes: Scopes) -> tuple[str, UUID] | None:
    """What the post is for; a building may be written XQ01-3栋 too."""
    kind, code = row.one_of("scope_kind", "scope"), row.text("scope", needed=True, most=200)
    if not kind or not code:
        return None
    if kind == "building" and code not in scopes.ids[kind]:
        compound, _, building = code.rpartition("-")
        code = f"{compound}-{building_number(building)}"
    if code not in scopes.ids[kind]:
        row.wrong("scope", "unknown", text=code, of=words.names("scope")[kind])
        return None
    return kind, scopes.ids[kind][code]


def _check_leave(row: Row) -> None:
    start, end = row.cells.get("leave_from", ""), row.cells.get("leave_until", "")
    if end and not start:
        row.wrong("leave_from", "needs", other=words.heading("leave_until"))
    elif end and not row.problems and end.replace("/", "-") < start.replace("/", "-"):
        row.wrong("leave_until", "leave_order")


def _stand_ins(rows: Sequence[Row], known: Mapping[str, Contact]) -> None:
    """Once all posts are known: who stands in for whom."""
    for row in rows:
        code, post = row.text("stand_in", most=32), known.get(row.cells.get("code", ""))
        if code and code == row.cells.get("code"):
            row.wrong("stand_in", "itself")
        elif code and code not in known:
            row.wrong("stand_in", "unknown", text=code, of=words.heading("stand_in"))
        elif post is not None:
            post.stand_in_id = known[code].id if code else None


def building_number(text: str) -> str:
    """The number of a building however it is written: 3, 3栋, A座."""
    found = places.find(text)
    return found.building if found and found.building else text.strip().upper()


KIND = Kind(
    columns=(
        *("code", "role", "title", "phone", "scope_kind", "scope"),
        *hours.COLUMNS,
        *("leave_from", "leave_until", "stand_in"),
    ),
    take_in=take_in,
    give_out=give_out,
)
