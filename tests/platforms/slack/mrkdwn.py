"""Slack's text markup: how a person reads it, and whom it would ping."""

import html
import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.platforms.slack.surfaces import Json, Message

if TYPE_CHECKING:
    from tests.platforms.slack.surfaces import Version
    from tests.platforms.slack.workspace import Team

_TAG = re.compile(r"<([^<>]+)>")
_TOKEN = re.compile(r"\{(\w+)\}")
_EVERYBODY = re.compile(r"<!(channel|here|everyone)(?:\|[^>]*)?>")
_SOMEBODY = re.compile(r"<@([UW]\w+)(?:\|[^>]*)?>|<!subteam\^(S\w+)(?:\|[^>]*)?>")
_NAMED = re.compile(r"(?<![\w&])@([\w.-]+)")


def readable(text: str, team: "Team | None" = None, tz: str = "UTC") -> str:
    """Return the text as it is shown: names for ids, dates in the reader's time zone, entities as characters."""
    shown, end = "", 0
    for tag in _TAG.finditer(text):
        shown += html.unescape(text[end : tag.start()]) + html.unescape(_tag(tag[1], team, tz))
        end = tag.end()
    return shown + html.unescape(text[end:])


def _tag(inner: str, team: "Team | None", tz: str) -> str:
    target, _, label = inner.partition("|")
    if target.startswith("!date^"):
        return _date(target, label, tz)
    if target.startswith("!subteam^"):
        group = team.groups.get(target.removeprefix("!subteam^")) if team else None
        return f"@{group.handle}" if group else label or "@group"
    if target.startswith("!"):
        return f"@{target[1:]}"
    if target.startswith("@"):
        user = team.users.get(target[1:]) if team else None
        return f"@{user.name if user else label or target[1:]}"
    if target.startswith("#"):
        channel = team.channels.get(target[1:]) if team else None
        return f"#{channel.name if channel else label or target[1:]}"
    return f"{label} ({target})" if label else target


def _date(target: str, fallback: str, tz: str) -> str:
    _, stamp, form, *_link = target.split("^")
    try:
        moment = datetime.fromtimestamp(int(stamp), ZoneInfo(tz))
    except ValueError:
        return fallback
    day, hour = moment.day, moment.hour % 12 or 12
    ordinal = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in {11, 12, 13} else 0, "th")
    date = {
        "date_num": f"{moment:%Y-%m-%d}",
        "date": f"{moment:%B} {day}{ordinal}, {moment.year}",
        "date_short": f"{moment:%b} {day}, {moment.year}",
        "date_long": f"{moment:%A}, {moment:%B} {day}{ordinal}, {moment.year}",
        "time": f"{hour}:{moment:%M %p}",
        "time_secs": f"{hour}:{moment:%M:%S %p}",
    }
    return _TOKEN.sub(lambda token: date.get(token[1].removesuffix("_pretty"), token[0]), form)


def pings(message: Message) -> set[str]:
    """Return whom a message has ever notified: ``channel``, ``here``, ``everyone``, ids of people and groups.

    Stricter than Slack where its documentation leaves doubt: an edit counts, a fallback text counts, and so does a bare
    @name in mrkdwn that doesn't say ``verbatim: true``.
    """
    return {one for version in message.versions for one in _pinged(message.team, version)}


def _pinged(team: "Team", version: "Version") -> Iterator[str]:
    yield from _of_text(team, version.text, names=version.link_names)
    for inner in _objects(version.blocks):
        kind = inner.get("type")
        if kind in {"mrkdwn", "markdown"}:
            yield from _of_text(team, inner["text"], names=inner.get("verbatim") is not True)
        elif kind == "broadcast":
            yield inner["range"]
        elif kind == "user":
            yield inner["user_id"]
        elif kind == "usergroup":
            yield inner["usergroup_id"]


def _of_text(team: "Team", text: str, *, names: bool) -> Iterator[str]:
    yield from _EVERYBODY.findall(text)
    yield from (user or group for user, group in _SOMEBODY.findall(text))
    if names:
        handles = {"channel": "channel", "here": "here", "everyone": "everyone"}
        handles |= {one.handle: one.id for one in (*team.users.values(), *team.groups.values())}
        yield from (handles[name] for name in _NAMED.findall(text) if name in handles)


def _objects(value: list[Json] | Json) -> Iterator[Json]:
    """Every object in blocks, at any depth."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from _objects(inner)
