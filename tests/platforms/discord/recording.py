"""Records what the bot sent, byte for byte."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from tests.platforms.discord.errors import Form, Refusal, Refused
from tests.platforms.discord.model import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a request."""

    field: str
    filename: str
    content: bytes


@dataclass(eq=False, kw_only=True)
class Request:
    """One call of the REST interface.

    Attributes:
        path: the path below the API's base, unquoted.
        route: the path with names in place of ids: ``/channels/{channel}/messages``.
        raw: its whole body, with files.
        at: the server's `elapsed` seconds when the request came.
        status: the HTTP status of the answer, once there is one.
    """

    method: str
    path: str
    route: str
    params: dict[str, str]
    query: dict[str, str]
    body: Any = None
    uploads: tuple[Upload, ...] = ()
    raw: bytes = b""
    token: str = ""
    at: float = 0.0
    status: int | None = None

    @property
    def line(self) -> str:
        """Method and path: the text that faults are matched with."""
        return f"{self.method} {self.path}"

    @property
    def json(self) -> Json:
        """The body of a request that must send an object."""
        if not isinstance(self.body, dict):
            raise Refused(Refusal(400, 50109, "The request body contains invalid JSON."))
        return self.body

    def id(self, name: str) -> int:
        """Return the id with this name in the path."""
        return snowflake(self.params[name], (name,))

    def holds(self, text: str) -> bool:
        """Whether the text occurs anywhere in it, escaped or not."""
        return text in self.line or text in str(self.query) or _in_bytes(text, self.raw)


@dataclass(frozen=True, slots=True)
class Payload:
    """One payload that the bot sent through the gateway."""

    op: int
    data: Any
    raw: bytes
    at: float

    def holds(self, text: str) -> bool:
        """Whether the text occurs anywhere in it, escaped or not."""
        return _in_bytes(text, self.raw)


@dataclass(slots=True)
class Recording:
    """Everything that the bot sent, in the order in which it came."""

    requests: list[Request] = field(default_factory=list)
    payloads: list[Payload] = field(default_factory=list)

    def sent(self, text: str, before: float | None = None) -> list[Request | Payload]:
        """Return everything sent that contains the text; with ``before``, only what came before that `elapsed` time."""
        everything: list[Request | Payload] = [*self.requests, *self.payloads]
        return [each for each in everything if (before is None or each.at < before) and each.holds(text)]

    def calls(self, pattern: str) -> list[Request]:
        """Return the requests whose "METHOD /path" matches a regular expression."""
        return [each for each in self.requests if re.search(pattern, each.line)]


def snowflake(text: object, path: tuple[str | int, ...]) -> int:
    """Return ``text`` as an id, or raise the refusal of what isn't one."""
    if isinstance(text, int) or (isinstance(text, str) and text.isdecimal()):
        return int(text)
    form = Form()
    form.refuse(path, "NUMBER_TYPE_COERCE", f'Value "{text}" is not snowflake.')
    form.settle()
    raise AssertionError("settle raises")


async def read(request: web.Request, route: str, path: str, at: float) -> Request:
    """Read a request with its whole body, JSON or multipart."""
    call = Request(
        method=request.method,
        path=path,
        route=route,
        params=dict(request.match_info),
        query=dict(request.query),
        token=request.headers.get("Authorization", "").removeprefix("Bot "),
        at=at,
    )
    if request.content_type == "multipart/form-data":
        await _read_parts(request, call)
    else:
        call.raw = await request.read()
        call.body = _parsed(call.raw)
    return call


async def _read_parts(request: web.Request, call: Request) -> None:
    uploads = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read())
        call.raw += content
        if part.name == "payload_json":
            call.body = _parsed(content)
        else:
            uploads.append(Upload(part.name or "", part.filename or "", content))
    call.uploads = tuple(uploads)


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return None


def _in_bytes(text: str, raw: bytes) -> bool:
    parsed = _parsed(raw)
    return text.encode() in raw or (parsed is not None and text in _texts(parsed))


def _texts(parsed: Any) -> str:
    """Every string in a JSON value, keys too, unescaped."""
    if isinstance(parsed, dict):
        return "\n".join(f"{key}\n{_texts(value)}" for key, value in parsed.items())
    if isinstance(parsed, list):
        return "\n".join(map(_texts, parsed))
    return str(parsed)
