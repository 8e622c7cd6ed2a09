"""The office's Open311 counter: GeoReport v2 in JSON and XML, with the misbehaviour that is switched on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.etree import ElementTree

from aiohttp import web

from bot.simulator.back_office.books import Books, Fault, Held, Kind, Said

Row = dict[str, str]
SLOW_SECONDS = 60.0


class Counter:
    """The handlers, over one set of books."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[web.RouteDef]:
        form = "{form:json|xml}"
        return [
            web.post(f"/open311/requests.{form}", self.post),
            web.get(f"/open311/requests.{form}", self.requests),
            web.get(f"/open311/tokens/{{token}}.{form}", self.token),
            web.post(f"/open311/servicerequestupdates.{form}", self.update),
            web.get(f"/open311/servicerequestupdates.{form}", self.updates),
        ]

    async def post(self, request: web.Request) -> web.StreamResponse:
        await self._misbehave("post", request)
        fields = {name: str(value) for name, value in (await request.post()).items()}
        missing = [name for name in ("service_code", "description") if not fields.get(name)]
        if missing or not (fields.get("lat") or fields.get("address_string")):
            return _error(request, 400, f"not provided: {', '.join(missing) or 'a location'}")
        held = self._books.take(fields, request.headers.get("Idempotency-Key", ""))
        return await self._answer(request, [self._receipt(held)])

    async def requests(self, request: web.Request) -> web.StreamResponse:
        await self._misbehave("requests", request)
        if self._books.kind is Kind.BLACKBOX:
            return _error(request, 404, "nobody can look in here")
        numbers = set(filter(None, request.query.get("service_request_id", "").split(",")))
        found = [one for one in self._books.held if not numbers or one.number in numbers]
        return await self._answer(request, [_shown(one) for one in found])

    async def token(self, request: web.Request) -> web.StreamResponse:
        await self._misbehave("tokens", request)
        held = self._books.of_number(request.match_info["token"])
        if held is None:
            return _error(request, 404, "token was not found")
        held.asked += 1
        ready = held.asked >= self._books.resolves_after
        return await self._answer(request, [{"token": held.token, "service_request_id": held.number if ready else ""}])

    async def update(self, request: web.Request) -> web.StreamResponse:
        await self._misbehave("update", request)
        fields = {name: str(value) for name, value in (await request.post()).items()}
        held = self._books.of_number(fields.get("service_request_id", ""))
        if held is None:
            return _error(request, 404, "service_request_id was not found")
        if fields.get("update_id") not in [one["update_id"] for one in held.heard]:
            held.heard.append({name: fields.get(name, "") for name in ("update_id", "status", "description")})
            self._books.changed()
        return await self._answer(request, [{"update_id": fields.get("update_id", "")}])

    async def updates(self, request: web.Request) -> web.StreamResponse:
        await self._misbehave("updates", request)
        since = _moment(request.query.get("start_date", ""))
        rows = [_told(one) for one in self._books.said if since is None or one.at >= since]
        if self._books.fault is Fault.WRONG_STATE:
            rows += [{**row, "update_id": f"odd-{row['update_id']}", "status": "IN_LIMBO"} for row in rows]
            rows.reverse()
        return await self._answer(request, rows)

    def _receipt(self, held: Held) -> Row:
        if self._books.kind is Kind.BATCH:
            return {"token": held.token}
        if self._books.kind is Kind.BLACKBOX:
            return {"service_notice": "taken"}
        return {"service_request_id": held.number, "service_notice": "taken"}

    async def _misbehave(self, what: str, request: web.Request) -> None:
        self._books.calls[what] += 1
        if self._books.fault is Fault.BROKEN:
            raise web.HTTPInternalServerError(text="out of order")
        if self._books.fault is Fault.SLOW:
            try:
                await asyncio.wait_for(self._books.released.wait(), SLOW_SECONDS)
            except TimeoutError:
                raise web.HTTPServiceUnavailable(text="too slow") from None

    async def _answer(self, request: web.Request, rows: Sequence[Row]) -> web.StreamResponse:
        """What was done stays done, whatever becomes of the answer."""
        if self._books.fault is Fault.LOST and request.method == "POST" and request.transport is not None:
            request.transport.abort()
        twice = [*rows, *rows] if self._books.fault is Fault.DOUBLED else rows
        return written(request, twice)


def written(request: web.Request, rows: Sequence[Mapping[str, str]], status: int = 200) -> web.Response:
    """Rows in the form the address asks for."""
    if request.match_info["form"] == "json":
        return web.Response(text=json.dumps(list(rows), ensure_ascii=False), status=status, content_type=_JSON)
    root = ElementTree.Element("errors" if status >= 400 else "service_requests")
    for row in rows:
        below = ElementTree.SubElement(root, "error" if status >= 400 else "request")
        for name, value in row.items():
            ElementTree.SubElement(below, name).text = value
    return web.Response(body=ElementTree.tostring(root, encoding="utf-8"), status=status, content_type="text/xml")


_JSON = "application/json"


def _error(request: web.Request, status: int, reason: str) -> web.Response:
    return written(request, [{"code": str(status), "description": reason}], status)


def _shown(held: Held) -> Row:
    return {
        "service_request_id": held.number,
        "status": held.status,
        "service_code": held.fields.get("service_code", ""),
        "description": held.fields.get("description", ""),
        "requested_datetime": held.taken_at.isoformat(),
        "updated_datetime": held.taken_at.isoformat(),
    }


def _told(said: Said) -> Row:
    return {
        "update_id": said.update_id,
        "service_request_id": said.number,
        "updated_datetime": said.at.isoformat(),
        "status": said.status,
        "external_status_code": said.code,
        "description": said.description,
    }


def _moment(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said) if said else None
    except ValueError:
        return None
