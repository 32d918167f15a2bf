"""Reads the XML parts of a Word package, within limits: nothing outside the package is ever looked at."""

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.package import Package

MOST_BYTES = 32 * 1024 * 1024
"""The most bytes that one part may have, unpacked."""

Element = Any
"""An element of lxml, which has no types of its own."""

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def part(files: Mapping[str, bytes], path: str) -> Element | None:
    """The root of a part; None if the package has no such part.

    Raises:
        BadFile: it is too large, or not the XML that Word writes.
    """
    if path not in files:
        return None
    size = files.size(path) if isinstance(files, Package) else len(files[path])
    if size > MOST_BYTES:
        message = _("Unpacked, the document is larger than {limit} MiB. Split it into smaller ones.")
        raise BadFile(message.format(limit=MOST_BYTES >> 20))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(files[path], parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadFile(_("The document is damaged. Open it in Word or LibreOffice, and save it again.")) from error


def targets(files: Mapping[str, bytes], path: str) -> dict[str, tuple[str, str]]:
    """What a part is related to inside the package: the kind and the path of each part, by its id."""
    root = part(files, f"{dirname(path)}/_rels/{path.rpartition('/')[2]}.rels".lstrip("/"))
    found = {}
    for one in root.iter(_RELATIONSHIPS) if root is not None else ():
        target = one.get("Target", "")
        if one.get("TargetMode") != "External" and target:
            inside = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(path), target))
            found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], inside)
    return found


def local(element: Element) -> str:
    """The name of an element without its namespace: Word has two for the same names. Empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute's value, whatever its namespace; empty if there is none."""
    for key, value in element.items():
        if key == name or key.endswith("}" + name):
            return str(value)
    return ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at a path of local names; None if there is none."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The elements with a local name right inside another."""
    if element is not None:
        yield from (one for one in element if local(one) == name)


def value(element: Element | None, *path: str) -> str | None:
    """The ``val`` of the element at a path; None if there is no such element, empty if it has no value."""
    found = child(element, *path)
    return None if found is None else attribute(found, "val")


def is_on(found: str | None) -> bool:
    """Whether a property that is there, with this value, is switched on."""
    return found is not None and found.lower() not in {"0", "false", "off", "none"}
