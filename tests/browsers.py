"""Which browsers are installed here."""

import shutil

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The names of Chromium's programs, the lightest first."""
FIREFOX = ("firefox-esr",)


def found(names: tuple[str, ...]) -> str | None:
    """Return the path of the first of these programs that is installed; None if none is."""
    return next(filter(None, map(shutil.which, names)), None)


def missing(names: tuple[str, ...]) -> str:
    """Say that none of these programs is installed, and what to do."""
    return f"no {names[0]} is installed (apt-get install {names[0]})"
