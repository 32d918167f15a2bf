"""Shows a message in plain text, the way a user sees it."""

import re
from datetime import UTC, datetime

from tests.platforms.discord.component_limits import BUTTON, bounds
from tests.platforms.discord.model import Json, Message

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def render(message: Message) -> str:
    """Return the whole message as text: content, embeds, files, controls, reactions.

    Buttons are in square brackets, disabled ones in round ones. A menu shows how many values it takes, and its options.
    Times are shown as of now, also those that Discord shows as a distance ("in 2 hours").
    """
    now = message.world.now()
    lines = ["(only you can see this)"] if message.is_ephemeral else []
    lines += [message.content] if message.content else []
    for embed in message.embeds:
        lines += ["│ " + line for line in _embed(embed)]
    lines += [
        f"📎 {each.filename}" + (f": {each.description}" if each.description else "") for each in message.attachments
    ]
    lines += [_row(row) for row in message.components]
    if message.reactions:
        lines.append("  ".join(f"{emoji} {len(people)}" for emoji, people in message.reactions.items()))
    return "\n".join(with_times(line, now) for line in lines)


def _embed(embed: Json) -> list[str]:
    parts = [(embed.get("author") or {}).get("name"), embed.get("title"), embed.get("description")]
    for field in embed.get("fields") or []:
        parts += [field["name"], field["value"]]
    parts += [f"🖼 {embed['image']['url']}"] if embed.get("image") else []
    parts.append((embed.get("footer") or {}).get("text"))
    return [line for part in parts if part for line in part.splitlines()]


def _row(row: Json) -> str:
    return " ".join(map(_control, row["components"]))


def _control(control: Json) -> str:
    if control["type"] == BUTTON:
        sign = (control.get("emoji") or {}).get("name") or ""
        label = f"{sign} {control.get('label') or ''}".strip()
        return f"({label})" if control.get("disabled") else f"[{label}]"
    fewest, most = bounds(control)
    many = f"{most}" if fewest == most else f"{fewest} to {most}"
    title = control.get("placeholder") or "Select"
    menu = [f"{'(disabled) ' if control.get('disabled') else ''}▾ {title} · choose {many}"]
    for option in control["options"]:
        more = f" – {option['description']}" if option.get("description") else ""
        menu.append(f"  {'☑' if option.get('default') else '☐'} {option['label']}{more}")
    return "\n".join(menu)


def with_times(text: str, now: datetime) -> str:
    """Return a text with Discord's timestamps written as times."""
    return re.sub(r"<t:(-?\d+)(?::([tTdDfFR]))?>", lambda found: _time(int(found[1]), found[2] or "f", now), text)


def _time(seconds: int, style: str, now: datetime) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    if style == "R":
        return _distance((moment - now).total_seconds())
    date, time = moment.strftime("%Y-%m-%d"), moment.strftime("%H:%M UTC")
    return {"t": time, "T": moment.strftime("%H:%M:%S UTC"), "d": date, "D": date}.get(style, f"{date} {time}")


def _distance(seconds: float) -> str:
    size = abs(round(seconds))
    unit, length = next(((name, length) for name, length in _UNITS if size >= length), ("second", 1))
    count = round(size / length)
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {words}" if seconds >= 0 else f"{words} ago"
