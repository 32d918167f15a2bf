"""The templates, and their filters for times, texts and numbers."""

from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from adapters.common.languages import html_language
from adapters.web import looks, markdown, outbound
from bot.domain.kinds import kind_of
from bot.domain.typed import typed
from bot.domain.zones import zone_words
from bot.i18n import gettext, language, ngettext, pgettext
from bot.rendering.charts.bar import bar
from bot.rendering.findings import doubt
from bot.rendering.numbers import number, percent
from bot.rendering.questions import answered_count
from bot.rendering.reveal import how_hard
from bot.rendering.words import bare_points
from bot.services.chat.commands.table import COMMANDS

STATIC = Path(__file__).parent / "static"

_PATTERNS = {
    "full": "d MMM, HH:mm",
    "time": "HH:mm",
    "weekday": "EEE d MMM, HH:mm",
    "near": "d MMM, HH:mm",
}


_MESSAGES_REMEMBERED = 64
SESSION = f"session-{token_hex(16)}"
"""Stands in `Pages.message` for the token of the reader's session; unguessable, so that no text can contain it."""


class Pages:
    """Renders templates in the reader's language; times are in ``zone`` until the browser shows local ones."""

    def __init__(self, *, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self.message = lru_cache(_MESSAGES_REMEMBERED)(self._message)
        self._environment = Environment(
            loader=PackageLoader("adapters.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "blocks": markdown.blocks,
            "inline": markdown.inline,
            "words": markdown.words,
            "code": Markup("<code>{}</code>").format,
            "moment": self.moment,
            "day": self.day,
            "choice": markdown.choice,
            "styled": looks.styled,
            "doubt": doubt,
            "zone": zone_words,
        }
        self._environment.globals |= {
            "_": gettext,
            "ngettext": ngettext,
            "pgettext": pgettext,
            "rows": outbound.rows,
            "judged": outbound.judged,
            "filled": outbound.filled,
            "picked": outbound.picked,
            "element_id": outbound.element_id,
            "answered_count": answered_count,
            "how_hard": how_hard,
            "bar": bar,
            "bare_points": bare_points,
            "number": number,
            "percent": percent,
            "ask": typed("quiz").plain,
            "at_hand": [f"/{name}" for name, command in COMMANDS.items() if command.at_hand],
            "weekdays": self.weekdays,
            "language": html_language,
            "kind_of": kind_of,
            "asset": {path.name: f"/static/{path.name}?{_fingerprint(path)}" for path in STATIC.iterdir()},
        }

    def weekdays(self, width: str = "wide") -> list[str]:
        """Return the names of the days from Monday on, whole (``wide``) or ``abbreviated``.

        The first text that needs the language's data loads 5 MiB.
        """
        return [_locale().days["format"][width][day] for day in range(7)]

    def render(self, template: str, **values: Any) -> str:  # noqa: ANN401 - a template takes whatever it names
        """Render a page, or a part of one."""
        return self._environment.get_template(template).render(values)

    def _message(self, seen: outbound.Seen, _language: str) -> str:
        return self.render("messages.html", transcript=[seen], csrf=SESSION)

    def day(self, day: date) -> str:
        """Write a local day as people do."""
        return format_date(day, "d MMM yyyy", locale=_locale())

    def moment(self, at: datetime, style: str = "full") -> Markup:
        """Return an HTML element for an exact moment; ``style`` is one of `_PATTERNS`.

        The page's script makes ``near`` say "today" or "tomorrow" where that is so.
        """
        local = at.astimezone(self._zone)
        text = f"{format_datetime(local, _PATTERNS[style], tzinfo=self._zone, locale=_locale())} {local.tzname()}"
        return Markup('<time datetime="{at}" data-style="{style}">{text}</time>').format(
            at=at.isoformat(timespec="seconds"), style=style, text=text
        )


@cache
def pages_in(zone: str) -> Pages:
    """Return the templates, with times in ``zone``; they are compiled once in a process."""
    return Pages(zone=zone)


def _locale() -> Locale:
    """Return the locale for dates in the language that is spoken now; English if it has none."""
    return _locale_of(language())


@cache
def _locale_of(code: str) -> Locale:
    try:
        return Locale.parse(code)
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def _fingerprint(path: Path) -> str:
    """Return a text that changes with the file, so that browsers may cache the file for good."""
    return sha256(path.read_bytes()).hexdigest()[:12]
