"""Texts in the reader's language: every sentence that a person reads passes through here.

Catalogues are gettext files under ``bot/locale``; where a language has none, English shows through.
"""

import gettext as _gettext
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from typing_extensions import override

LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "pt_BR": "Português (Brasil)",
    "ja": "日本語",
    "hi": "हिन्दी",
}
"""The languages that Quizbot speaks, by their gettext codes, each with its own name."""

_TAGS_REMEMBERED = 1_000
_LOCALE_DIR = Path(__file__).parent / "locale"
_language: ContextVar[str] = ContextVar("language", default="en")


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("quizbot", _LOCALE_DIR, [language], fallback=True)


@lru_cache(_TAGS_REMEMBERED)
def known_language(tag: str) -> str | None:
    """Return the code in `LANGUAGES` for a locale such as ``de-AT``, ``es-419`` or ``pt``; None if there is none."""
    main = tag.replace("-", "_").partition("_")[0].casefold()
    return next((code for code in LANGUAGES if code.partition("_")[0] == main), None)


class _Spoken(AbstractContextManager[None]):
    """Speaks a language inside a block. A generator would do the same, but costs each click three times as much."""

    __slots__ = ("_before", "_language")

    def __init__(self, language: str) -> None:
        self._language = language

    @override
    def __enter__(self) -> None:
        self._before = _language.set(self._language)

    @override
    def __exit__(self, *_raised: object) -> None:
        _language.reset(self._before)


def use_language(language: str) -> AbstractContextManager[None]:
    """Speak ``language`` (a gettext code such as ``de`` or ``pt_BR``) inside the block."""
    return _Spoken(language)


def speak(language: str) -> None:
    """Speak ``language`` from here on in the running task, where it is learnt only in the middle of the work."""
    _language.set(language)


def language() -> str:
    """The language that is spoken here and now."""
    return _language.get()


def gettext(message: str) -> str:
    """``message`` in the current language; fill its fields afterwards with ``str.format``."""
    return _catalogue(_language.get()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a message that fits ``number``, in the current language."""
    return _catalogue(_language.get()).ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """``message`` in the current language, where the same English means several things; ``context`` says which."""
    return _catalogue(_language.get()).pgettext(context, message)


def in_every_language(message: str) -> frozenset[str]:
    """``message`` in each of `LANGUAGES`, for a word that one person typed and another's command reads."""
    return frozenset(_catalogue(language).gettext(message) for language in LANGUAGES)


def npgettext(context: str, singular: str, plural: str, number: int) -> str:
    """The form of a message that fits ``number``, where ``context`` says what is counted."""
    return _catalogue(_language.get()).npgettext(context, singular, plural, number)


@dataclass(frozen=True, slots=True)
class Later:
    """A text that is written down once and translated whenever it is shown, into the language spoken then."""

    message: str
    fields: tuple[tuple[str, object], ...] = ()

    def format(self, **fields: object) -> "Later":
        """The same text with some of its fields filled in."""
        return Later(self.message, (*self.fields, *fields.items()))

    @override
    def __str__(self) -> str:
        return gettext(self.message).format_map(dict(self.fields))


def later(message: str) -> Later:
    """A text for a declaration, where nobody's language is known yet."""
    return Later(message)
