"""The language that a visitor reads, and how a page names its own."""

from aiohttp import web

from bot.i18n import known_language, language

_MOST_TAGS = 20


def asked_for(request: web.Request) -> str | None:
    """Return the language of `bot.i18n.LANGUAGES` that a browser likes best; None if it names none of them.

    ``Accept-Language`` lists tags with weights from 0 to 1, as RFC 9110, section 12.5.4, says.
    """
    wishes = request.headers.get("Accept-Language", "").split(",")[:_MOST_TAGS]
    liked = sorted(map(_weighed, wishes), key=lambda wish: -wish[0])
    return next((code for weight, tag in liked if weight > 0 and (code := known_language(tag))), None)


def html_language() -> str:
    """Return the language of a page's own texts as HTML names it, such as ``pt-BR``."""
    return language().replace("_", "-")


def _weighed(wish: str) -> tuple[float, str]:
    tag, _semicolon, weight = wish.replace(" ", "").partition(";q=")
    try:
        return float(weight or 1), tag
    except ValueError:
        return 0.0, tag
