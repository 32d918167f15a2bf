"""Finds the files with questions in a package, in their order, and the pictures in it."""

import base64
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import unquote

from bot.domain.errors import BadFile, BadInput
from bot.importers.bank.pictures import PictureFolder
from bot.importers.package import Package
from bot.importers.qti.names import plain_name
from bot.importers.source import Source
from bot.importers.xml.album import Picture
from bot.importers.xml.stream import elements, first_element, text_of

MANIFEST = "imsmanifest.xml"
"""The name of the file that says what is in a package."""

ROOTS = frozenset({"questestinterop", "assessmentItem", "assessmentTest", "assessmentSection"})
"""The names of the first elements in files with questions."""

_LARGEST_MANIFEST = 8 * 1024 * 1024
_ENDINGS = (".xml", ".qti", ".dat")
_HEAD = 64 * 1024
_LONGEST_NAME = 60
_BASES = re.compile(r"^(?:\$|%24)[A-Za-z_-]{1,40}(?:\$|%24)/?")
"""What stands in Canvas for the folder of the course's files: ``$IMS-CC-FILEBASE$``."""
_FOLDERS = ("", "web_resources", "resources", "csfiles/home_dir")
_BLACKBOARD = re.compile(r"xid-[0-9]{1,20}_[0-9]{1,10}")
_COPY = "assessment_qti.xml"
_FORKS = "__MACOSX/"


def manifest_of(files: Mapping[str, bytes]) -> str:
    """Return the path of a package's manifest, the one nearest to the top; empty if it has none."""
    found = [path for path in files if path.rpartition("/")[2] == MANIFEST and not path.startswith(_FORKS)]
    return min(found, key=lambda path: (path.count("/"), path), default="")


def has_questions(files: Mapping[str, bytes]) -> bool:
    """Whether the manifest of a package names QTI or a pool of Blackboard's."""
    path = manifest_of(files)
    if not path or (isinstance(files, Package) and files.size(path) > _LARGEST_MANIFEST):
        return False
    data = files[path].replace(b"\0", b"").lower()
    return b"qti" in data or b"assessment/x-bb" in data


def root_of(data: bytes) -> str:
    """Return the name of the first element in a file, as version 2 has it; empty if it isn't XML."""
    name = first_element(data[:_HEAD].replace(b"\0", b""))
    return plain_name(name.decode("ascii"))


def paths_of(files: Mapping[str, bytes]) -> list[str]:
    """Return the paths of the files with questions, in the order of the tests and then of the manifest.

    Raises:
        BadFile: the package can't be unpacked.
    """
    known = [path for path in _named(files) if path in files and path.lower().endswith(_ENDINGS)]
    known += [path for path in files if path.lower().endswith(_ENDINGS)]
    of_questions = dict.fromkeys(path for path in dict.fromkeys(known) if _holds_questions(path, files))
    in_tests = [item for path in of_questions for item in _items(path, files)]
    return list(dict.fromkeys([*(path for path in in_tests if path in of_questions), *of_questions]))


class Pictures:
    """Finds the pictures that one file names.

    Args:
        files: the files of its package.
        path: its own path in there.
        beside: the folder with the pictures of a file that is in no package.
    """

    def __init__(self, files: Mapping[str, bytes], path: str, beside: PictureFolder | None = None) -> None:
        self._files = files
        self._folder = posixpath.dirname(path)
        self._beside = beside

    @cached_property
    def _of_blackboard(self) -> Mapping[str, str]:
        """The paths of files by the names that Blackboard gives them; it describes each in a file of XML, too."""
        named = ((_BLACKBOARD.search(path), path) for path in self._files if not path.endswith(".xml"))
        return {found[0]: path for found, path in named if found}

    def picture(self, source: str, alt: str) -> Picture:
        """Return the picture with this address; without its bytes if the package doesn't bring it."""
        if source.startswith("data:image/"):
            data = source.partition(",")[2]
            return Picture(name=source[:_LONGEST_NAME].partition(";")[0], alt=alt, data=_decoded(unquote(data)))
        return Picture(name=source[-_LONGEST_NAME:], alt=alt, data=self._data(source))

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        """The paths of files by their names: some programs leave out the folder above that all pictures are in."""
        paths: dict[str, list[str]] = {}
        for path in self._files:
            if not path.startswith(_FORKS):
                paths.setdefault(posixpath.basename(path), []).append(path)
        return paths

    def _data(self, source: str) -> bytes | None:
        try:
            if path := self._path(source):
                return self._files[path]
            is_name = source and "://" not in source
            return self._beside.picture(unquote(source)).data if self._beside and is_name else None
        except (BadFile, BadInput):  # it can't be unpacked, or isn't there
            return None

    def _path(self, source: str) -> str:
        if "://" in source and "@X@" not in source:
            return ""
        if stored := _BLACKBOARD.search(source):
            return self._of_blackboard.get(stored[0], "")
        name = unquote(_BASES.sub("", unquote(source)).partition("?")[0]).lstrip("/")
        folders = (self._folder, *_FOLDERS, posixpath.dirname(self._folder))
        paths = (posixpath.normpath(posixpath.join(folder, name)) for folder in folders)
        found = next((path for path in paths if name and path in self._files), "")
        ends = [path for path in self._by_name.get(posixpath.basename(name), ()) if path.endswith(f"/{name}")]
        return found or (ends[0] if len(ends) == 1 else "")


def _named(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the paths that the manifest names, if it can be read."""
    manifest = manifest_of(files)
    if not manifest:
        return
    try:
        resources = [node for node, _done in elements(text_of(Source(files[manifest])), {"resource"}, named=plain_name)]
    except BadFile:
        return
    folder = posixpath.dirname(manifest)
    for node in resources:
        addresses = [node.attributes.get("href", ""), *(file.attributes.get("href", "") for file in node.all("file"))]
        for address in [*addresses, node.attributes.get("file", "")]:  # Blackboard writes bb:file
            yield posixpath.normpath(posixpath.join(folder, unquote(address)))


def _items(path: str, files: Mapping[str, bytes]) -> list[str]:
    """Return the paths of the items that a test asks, if it can be read."""
    if root_of(files[path]) not in {"assessmentTest", "assessmentSection"}:
        return []
    try:
        references = [
            node.attributes.get("href", "")
            for node, _done in elements(text_of(Source(files[path])), {"assessmentItemRef"}, named=plain_name)
        ]
    except BadFile:
        return []
    return [posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(one))) for one in references]


def _holds_questions(path: str, files: Mapping[str, bytes]) -> bool:
    if path.startswith(_FORKS) or path.rpartition("/")[2] == MANIFEST or _is_copy(path, files):
        return False
    return root_of(files[path]) in ROOTS


def _is_copy(path: str, files: Mapping[str, bytes]) -> bool:
    """Whether a file is Canvas's copy, for other programs, of one that has more kinds of questions."""
    folder, name = posixpath.split(path)
    return name == _COPY and f"non_cc_assessments/{posixpath.basename(folder)}.xml.qti" in files


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text)
    except ValueError:  # it isn't base64
        return None
