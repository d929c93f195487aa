"""The description of the control interface in OpenAPI 3.1, made from the dataclasses themselves."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from engine.control.commands import KINDS, Action
from engine.control.local_access import API
from engine.control.status import Status
from engine.events import Stats
from engine.paths import APP_NAME, app_version

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}

Schema = dict[str, Any]


def description() -> Schema:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{APP_NAME}: control interface",
            "version": app_version(),
            "description": "Commands to a running window, and its state. A panic is obeyed at "
            "once and is never refused for coming too often.",
        },
        "paths": _paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Command": {"oneOf": _commands()},
                "Status": schema_of(Status),
                "Figures": schema_of(Stats),
                "Error": _object({"message": _text(), "remedy": _text()}),
                "Event": _events(),
            },
        },
        "security": [{"token": []}],
    }


def schema_of(kind: Any) -> Schema:
    """The JSON schema of a type that `engine.files.json_data` writes. Raises TypeError."""
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return _object({field.name: schema_of(hints[field.name]) for field in fields(kind)})
    if get_origin(kind) is tuple:
        return {"type": "array", "items": schema_of(get_args(kind)[0])}
    if get_origin(kind) in (types.UnionType, Union):
        return {"anyOf": [schema_of(one) for one in get_args(kind)]}
    raise TypeError(f"{kind} has no schema")


def _commands() -> list[Schema]:
    """One schema for all that need no words, and one for each that does."""
    without = _object({"command": {"enum": [action.value for action in Action]}})
    return [without, *(_command(name, kind) for name, kind in KINDS.items())]


def _command(name: str, kind: type[Any]) -> Schema:
    """Words with a default may be left out."""
    schema = schema_of(kind)
    schema["properties"] = {"command": {"const": name}, **schema["properties"]}
    needed = [f.name for f in fields(kind) if f.default is not None]
    return schema | {"required": ["command", *needed], "description": kind.__doc__}


def _events() -> Schema:
    """What the WebSocket sends."""
    refused = {"event": {"const": "refused"}, "id": {}, "message": _text(), "remedy": _text()}
    return {
        "oneOf": [
            _object({"event": {"const": "status"}, "status": _ref("Status")}),
            _object(
                {
                    "event": {"const": "figures"},
                    "figures": {"anyOf": [_ref("Figures"), {"type": "null"}]},
                }
            ),
            _object({"event": {"const": "done"}, "id": {}}),
            _object(refused),
        ]
    }


def _paths() -> Schema:
    pairing = _object({"code": _text(), "name": _text()})
    token = _object({"token": _text(), "id": _text()})
    return {
        f"{API}/commands": {
            "post": {
                "summary": "Have a command carried out",
                "requestBody": _body(_ref("Command")),
                "responses": _answers(_ref("Status"), 401, 403, 421, 422, 429, 503),
            }
        },
        f"{API}/status": {
            "get": {
                "summary": "What the program is doing",
                "responses": _answers(_ref("Status"), 401, 403, 421),
            }
        },
        f"{API}/figures": {
            "get": {
                "summary": "The stream's figures; null while there is no stream",
                "responses": _answers(
                    {"anyOf": [_ref("Figures"), {"type": "null"}]}, 401, 403, 421
                ),
            }
        },
        f"{API}/pair": {
            "post": {
                "summary": "Exchange the code that the window shows for a token",
                "security": [],
                "requestBody": _body(pairing),
                "responses": _answers(token, 403, 421, 422),
            }
        },
        f"{API}/events": {
            "get": {
                "summary": "WebSocket: commands in, events out",
                "description": 'The first message is {"token": "…"}. From then on every message '
                "is a Command, with an optional id that comes back in the answer; the server sends "
                "Events. Only the newest status and figures are sent to whoever reads slowly.",
                "security": [],
                "responses": {"101": {"description": "The WebSocket"}},
            }
        },
    }


def _answers(good: Schema, *errors: int) -> Schema:
    found: Schema = {"200": {"description": "Done", **_body(good)}}
    for status in errors:
        found[str(status)] = {"description": "Refused", **_body(_ref("Error"))}
    return found


def _body(schema: Schema) -> Schema:
    return {"content": {"application/json": {"schema": schema}}}


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text() -> Schema:
    return {"type": "string"}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
