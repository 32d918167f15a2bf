"""Finds the topic in the path of a category."""

from bot.importers.reading.compose import collapse

_UNNAMED_PARTS = frozenset({"", "top", "$course$", "$system$", "$module$", "$cat$", "$coursecat$"})
"""The parts of a path that say only where in Moodle the category is."""


def topic_of(path: str) -> str | None:
    """The last part of a category's path, where two slashes are one that belongs to a name; None if it has no name."""
    parts = [collapse(part.replace("\0", "/")) for part in path.replace("//", "\0").split("/")]
    named = [part for part in parts if part.casefold() not in _UNNAMED_PARTS]
    return named[-1] if named else None
