"""Turns simple HTML inside a text into Markdown. What only looks like a tag (``vector<int>``) stays as it is."""

import html
import re
from collections import Counter
from collections.abc import Iterable
from html.entities import html5

from bot.i18n import gettext as _

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,9})(?P<rest>[\s/][^<>]*)?>")
_COMMENT = re.compile(r"<!--[^<>]*-->")
_SOURCE = re.compile(
    r"""\b(?P<name>src|alt|href)\s{0,3}=\s{0,3}(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|(?P<name>[A-Za-z][A-Za-z0-9]{1,30}));")
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`", "kbd": "`", "samp": "`"}
_BREAKS = {
    "li": "\n- ",
    "tr": "\n",
    **dict.fromkeys(
        ("br", "hr", "p", "div", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "section"), "\n\n"
    ),
}
_SILENT = frozenset({"span", "font", "tbody", "thead", "html", "body"})
"""Tags that say nothing a reader would miss."""
_WITHOUT_COUNTERPART = """
    a abbr audio big button caption center cite col colgroup dd del dfn dl dt embed figcaption figure form iframe img
    input ins label mark math object q s script select small source strike style sub sup svg table td th u var video
"""
_DROPPED = frozenset(_WITHOUT_COUNTERPART.split())
"""Tags that Markdown has nothing like; of links and pictures, the address is kept."""
_INSTEAD = {"td": " ", "th": " ", "sup": "^"}


def resolved(text: str) -> tuple[str, list[str]]:
    """Return a text as Markdown, and the names of the tags that were taken out, each once."""
    if "<" not in text:
        return html.unescape(text), []
    text = _COMMENT.sub("", text)
    counts = Counter(f"{found['end']}{found['name'].lower()}" for found in _TAG.finditer(text))
    paired = {name for name in _SIGNS if counts[name] == counts[f"/{name}"]}
    dropped: dict[str, None] = {}
    links: list[str] = []

    def shown(found: re.Match[str]) -> str:
        name, ends = found["name"].lower(), bool(found["end"])
        if name in _SIGNS:
            return _SIGNS[name] if name in paired else ""
        if name in _BREAKS:
            return "" if ends and name in {"li", "tr"} else _BREAKS[name]
        if name not in _DROPPED:
            return "" if name in _SILENT else found[0]
        if name == "img":
            return _picture(found["rest"] or "")
        if name == "a":
            return _link(found["rest"] or "", links, ends=ends)
        dropped[name] = None
        return _INSTEAD.get(found["end"] + name, "")

    return html.unescape(_TAG.sub(shown, text)), list(dropped)


def entities_resolved(text: str) -> str:
    """Return a text with its HTML entities (``&lt;``, ``&eacute;``, ``&#39;``) made the characters that browsers show.

    Only entities that are complete count, with their semicolon: ``AT&T``, ``a && b`` and ``?a=1&copy=2`` stay as they
    are. Each is resolved once, so that ``&amp;lt;`` becomes ``&lt;``. A no-break space stays one (U+00A0).
    """
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    """What an entity stands for; itself if it is none, or if it stands for something that no text has."""
    if found["name"] and f"{found['name']};" not in html5:
        return found[0]
    return html.unescape(found[0]) or found[0]


def taken_out(names: Iterable[str]) -> str:
    """Say which tags were taken out, because Markdown has nothing like them."""
    message = _("HTML that can't be shown here was taken out: {tags}.")
    return message.format(tags=", ".join(f"<{name}>" for name in names))


def attributes(rest: str) -> dict[str, str]:
    """The address and the words of a picture or a link, by the names of the attributes in its tag."""
    return {found["name"].lower(): found["double"] or found["single"] or "" for found in _SOURCE.finditer(rest)}


def _picture(rest: str) -> str:
    """A picture in Markdown, which a check finds: the file alone can't bring it."""
    told = attributes(rest)
    alt, source = (re.sub(r"[\[\]()\s]+", " ", told.get(name, ""))[:200].strip() for name in ("alt", "src"))
    return f"![{alt}]({source})"


def _link(rest: str, links: list[str], *, ends: bool) -> str:
    """What stands for the beginning of a link (nothing) and for its end: the address in brackets."""
    if not ends:
        links.append(attributes(rest).get("href", "").strip())
        return ""
    address = links.pop() if links else ""
    return f" ({address})" if address else ""
