"""Banks, schema and defaults that come with the program, in a checkout and in an installed wheel alike."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from bot.domain.errors import NotFound
from bot.i18n import gettext as _


def resource(folder: str, name: str) -> Traversable:
    """The file ``name`` of ``data`` or ``config``.

    Raises:
        NotFound: the program came without it.
    """
    package = files("bot")
    # A wheel carries the folders inside the package; a checkout has them beside it.
    for path in (package / "resources" / folder / name, package / ".." / folder / name):
        if path.is_file():
            return path
    raise NotFound(_("{folder}/{name} is missing: install Quizbot again.").format(folder=folder, name=name))
