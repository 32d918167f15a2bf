"""The files that came with a file in one package, by the names that the file has for them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote

from typing_extensions import override

from bot.domain.errors import BadInput
from bot.domain.images import ImageFile
from bot.i18n import gettext as _
from bot.importers.bank.pictures import Pictures, checked


def is_inside(path: str) -> bool:
    """Whether a path stays inside its package: it neither begins at the root or a drive nor climbs out."""
    steady = normpath(path.replace("\\", "/"))
    return not steady.startswith(("/", "../")) and steady != ".." and ":" not in steady.partition("/")[0]


class Companions(Mapping[str, bytes]):
    """The files of a package as one of them names them: from its own folder, or, as in Obsidian, by the name alone."""

    def __init__(self, files: Mapping[str, bytes], path: str) -> None:
        self._files = files
        self._folder = dirname(path)

    @override
    def __getitem__(self, name: str) -> bytes:
        return self._files[self._path(name)]

    @override
    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self._path(name))

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    @override
    def __len__(self) -> int:
        return len(self._files)

    def _path(self, name: str) -> str:
        """The path that a name stands for; empty if there is no such file in the package."""
        for said in (name, unquote(name)):
            path = normpath(join(self._folder, said))
            if is_inside(path) and path in self._files:
                return path
        alone = self._by_name.get(unquote(name), [])
        return alone[0] if len(alone) == 1 else ""

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[str]]:
        names = defaultdict(list)
        for path in self._files:
            names[basename(path)].append(path)
        return names


class PackedPictures(Pictures):
    """Reads the pictures that came with one bank in a package, to which their names are relative."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = files

    @override
    def _load(self, name: str) -> ImageFile:
        if name not in self._files:
            raise BadInput(_("There is no file “{name}” in the package. Put it there.").format(name=name))
        return checked(self._files[name], name)
