"""The interface's own description, made of the operations themselves. Source: OpenAPI Specification 3.1.0."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.web.api.operation import Access, Operation, Operations

ROOT = "/api/v1"
_IN_PATH = re.compile(r"{(\w+)(?::[^}]*)?}")
_SECURITY: dict[Access, list[dict[str, list[str]]]] = {
    Access.ANYBODY: [],
    Access.CLIENT: [{"client": []}],
    Access.RESIDENT: [{"resident": []}],
    Access.GROUP: [{"timestamp": [], "signature": []}],
}
_SCHEMES = {
    "client": {"type": "http", "scheme": "bearer", "description": "a key made with `weizhan api-key add`"},
    "resident": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "a signed name",
        "description": "a resident's token, made by a client with POST /api/v1/residents/token; good for an hour",
    },
}
_SCHEMES |= {
    "timestamp": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Weizhan-Timestamp",
        "description": "seconds since 1970; five minutes from now at most",
    },
    "signature": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Weizhan-Signature",
        "description": "v1= and the HMAC-SHA256 of TIMESTAMP.BODY with the group's secret, in hexadecimal",
    },
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Any text up to 120 characters, new for each thing to be done. The same key gets the same answer.",
    "schema": {"type": "string", "maxLength": 120},
}


class Problem(BaseModel):
    """Why something was not done: a `code` for machines, a sentence for people, and the fields concerned.

    `alternatives`: the nearest times that are free, where a time was not to be had.
    """

    code: str
    message: str
    fields: dict[str, str] = {}
    alternatives: list[datetime] = []


def described(nouns: Iterable[Operations], *, version: str) -> dict[str, Any]:
    """The document for `/api/v1/openapi.json`."""
    nouns = list(nouns)
    models: set[type[BaseModel]] = {Problem}
    for operation in (one for noun in nouns for one in noun.all):
        models |= {one for one in (operation.body, operation.answer) if one is not None}
    ordered = sorted(models, key=lambda model: model.__name__)
    names, schemas = models_json_schema(
        [(model, "validation") for model in ordered], ref_template="#/components/schemas/{model}"
    )
    refs = {model: names[model, "validation"] for model in ordered}
    paths: dict[str, dict[str, Any]] = {}
    for noun in nouns:
        for operation in noun.all:
            place = paths.setdefault(ROOT + _IN_PATH.sub(r"{\1}", operation.path), {})
            place[operation.verb.lower()] = _operation(noun.tag, operation, refs)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Weizhan", "version": version},
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": schemas.get("$defs", {}), "securitySchemes": _SCHEMES},
    }


def _operation(tag: str, operation: Operation, refs: dict[type[BaseModel], Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": f"{tag}_{operation.run.__name__}",
        "tags": [tag],
        "summary": operation.summary,
        "parameters": _parameters(operation),
        "security": _SECURITY[operation.access],
        "responses": {str(operation.status): _content("done", refs[operation.answer]), **_problems(operation, refs)},
    }
    if operation.body is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": refs[operation.body]}}}
    return found


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    text = {"type": "string"}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": text} for name in _IN_PATH.findall(operation.path)
    ]
    shape = operation.query.model_json_schema(ref_template="#/components/schemas/{model}")
    needed = set(shape.get("required", ()))
    for name, schema in shape.get("properties", {}).items():
        found.append({"name": name, "in": "query", "required": name in needed, "schema": schema})
    return [*found, _KEY] if operation.verb == "POST" and operation.access is not Access.GROUP else found


def _problems(operation: Operation, refs: dict[type[BaseModel], Any]) -> dict[str, Any]:
    codes = {"404": "no such thing, or somebody else's", "422": "a field is missing or wrong"}
    if operation.access is not Access.ANYBODY:
        codes |= {"401": "no key, or not a valid one", "429": "too many requests; see Retry-After"}
    if operation.verb == "POST":
        codes["409"] = "the rules say no; `code` says which, `message` is the sentence a resident would read"
    return {code: _content(why, refs[Problem]) for code, why in sorted(codes.items())}


def _content(description: str, schema: Any) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
