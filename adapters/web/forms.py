"""Reads submitted forms in a time that grows with their size alone, the large ones away from the event loop."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass

from aiohttp import web
from aiohttp.http import HttpProcessingError
from multidict import MultiDict, MultiDictProxy

from bot.domain.errors import BadInput
from bot.i18n import gettext as _

LARGEST_FORM = 128 * 1024
"""The texts of a written question fit, at nine bytes a character in many scripts."""
LARGEST_OF_HOSTS = 1024**2
"""The texts of a question at the import desk fit, at twelve bytes a character."""
LARGEST_UPLOAD = 11 * 1024**2
"""A file of 10 MB with the form around it."""
MOST_FIELDS = 250
"""The most fields of one form; that of pictures has four for each choice."""

_LONGEST_HEAD = 4096
_BOUNDARY = re.compile(r'multipart/form-data; ?boundary=("?)([0-9A-Za-z\'()+_,./:=?-]{1,70})\1', re.IGNORECASE)
_NAMES = re.compile(
    rb'(?:\A|\r\n)content-disposition: form-data; name="([^"\r\n]*)"(?:; filename="([^"\r\n]*)")?(?=\r\n|\Z)',
    re.IGNORECASE,
)
_UNREADABLE = (ValueError, LookupError, AssertionError, RuntimeError, web.RequestPayloadError, HttpProcessingError)
"""What aiohttp raises for forms that no browser sends, and what is raised here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file in a form; without bytes if none was chosen."""

    name: str
    data: bytes


Form = MultiDictProxy[str | SentFile]


async def submitted(request: web.Request, *, from_host: bool) -> Form:
    """Return the fields of a form; files come from hosts alone.

    Raises:
        BadInput: it can't be read.
        HTTPRequestEntityTooLarge: it is too large.
    """
    try:
        if request.content_type == "multipart/form-data":
            return await _with_files(request) if from_host else _unread()
        return await _without_files(request, LARGEST_OF_HOSTS if from_host else LARGEST_FORM)
    except _UNREADABLE:
        raise BadInput(_("The form didn't arrive whole. Please try again.")) from None


async def _without_files(request: web.Request, largest: int) -> Form:
    sent = await request.clone(client_max_size=largest).post()
    texts = ((name, _check_text(value)) for name, value in sent.items() if isinstance(value, str))
    return MultiDictProxy(MultiDict[str | SentFile](texts))


async def _with_files(request: web.Request) -> Form:
    boundary = _BOUNDARY.fullmatch(request.headers.get("Content-Type", ""))
    if boundary is None:
        raise ValueError("no boundary")
    body = await request.clone(client_max_size=LARGEST_UPLOAD).read()
    # aiohttp's own reader goes through it line by line in the loop: a megabyte of short ones takes a second.
    return await asyncio.to_thread(lambda: MultiDictProxy(MultiDict(_fields(body, boundary[2].encode()))))


def _fields(body: bytes, boundary: bytes) -> Iterator[tuple[str, str | SentFile]]:
    """Yield the fields of a form, each behind a boundary, as browsers write them.

    Raises:
        ValueError: the form isn't whole, or has too many fields.
    """
    first, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary, MOST_FIELDS + 2)
    if first or not parts or parts.pop() not in {b"--", b"--\r\n"}:
        raise ValueError("not whole, or too many fields")
    for part in parts:
        head, _between, value = part.partition(b"\r\n\r\n")
        names = _NAMES.search(head[2:]) if head.startswith(b"\r\n") and len(head) <= _LONGEST_HEAD else None
        if names is None or b"content-transfer-encoding" in head.lower():
            raise ValueError("a part without a name")
        name, file_name = names[1].decode(), names[2]
        if file_name is None:
            yield name, _check_text(value.decode())
        else:
            yield name, SentFile(name=file_name.decode().replace("%22", '"'), data=value)


def _check_text(value: str) -> str:
    """Return a text; raise ValueError for one that databases can't store and pages can't show."""
    if "\0" in value:
        raise ValueError("a zero character")
    value.encode()
    return value


def _unread() -> Form:
    raise ValueError("files, but not from a host")
