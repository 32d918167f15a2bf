"""Decodes an HTML page: by what it says of itself, where its bytes don't say more."""

import codecs
import re

from bot.importers.source import Source

_META = re.compile(
    rb"""<meta\b[^<>]{0,200}?charset\s{0,3}=\s{0,3}["']?(?P<name>[A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE
)
_XML = re.compile(rb"""^\s{0,20}<\?xml\b[^<>]{0,100}?encoding\s{0,3}=\s{0,3}["'](?P<name>[A-Za-z0-9_.:-]{1,40})""")
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
"""What browsers take for encodings that pages name: what is nearly the same, and holds more."""
_SHIFT_JIS = {"shift_jis": "cp932", "euc_kr": "cp949"}
_UNTOLD = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"})


def decoded(source: Source) -> str:
    """The text of a page.

    Raises:
        BadFile: it is empty, too large, or not text.
    """
    told = _META.search(source.head) or _XML.search(source.head)
    if told and not _is_utf8(source.data):
        name = _known(told["name"].decode("ascii"))
        if name and name not in _UNTOLD:
            try:
                return source.data.decode(name)
            except UnicodeDecodeError:
                pass  # it isn't true
    return source.text


def _known(name: str) -> str:
    """The encoding that is meant by a name; empty if there is none that is for text."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if not found._is_text_encoding:  # noqa: SLF001  # "hex" and the like are codecs, too; nothing else says so
        return ""
    return {**_MEANT, **_SHIFT_JIS}.get(found.name, found.name)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
