"""Everything that the bot sent, so that a test can check that something was never said."""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class Sent:
    """One call, post, acknowledgement or upload from the bot.

    Attributes:
        kind: ``api``, ``response_url``, ``ack`` (of an envelope or a signed request) or ``upload``.
        method: the Web API method; for the other kinds, what it belongs to.
        args: the arguments, with nested JSON decoded and the token taken out.
        at: when it arrived, by the server's clock.
        raw: the bytes of its body.
        status: the HTTP status of the answer; 0 while there is none.
        answer: the body of the answer.
    """

    kind: str
    method: str
    args: dict[str, Any]
    at: datetime
    raw: bytes = b""
    token: str | None = None
    status: int = 0
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def error(self) -> str | None:
        """Slack's error code, if it was refused; otherwise None."""
        return self.answer.get("error")

    def says(self, text: str) -> bool:
        """Whether the text occurs anywhere in it, escaped or not."""
        heard = (*strings(self.args), self.raw.decode("utf-8", "replace"))
        return any(text in one or text in html.unescape(one) for one in heard)


def strings(value: Any) -> Iterator[str]:
    """Yield every string in a JSON value, names too; JSON inside a string is searched as well."""
    if isinstance(value, str):
        yield value
        if value[:1] in {"{", "["}:
            try:
                yield from strings(json.loads(value))
            except ValueError:
                return
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
