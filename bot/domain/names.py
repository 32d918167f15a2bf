"""Names of people, teams and spaces: how they are shown, and which ones people may choose."""

import re
import unicodedata
from functools import lru_cache

from bot.domain.errors import BadInput
from bot.domain.lookalikes import is_ignorable, look_alike, single_spaced
from bot.i18n import gettext as _

BOT_NAME = "Quizbot"

_REMEMBERED = 4096
_JOINERS = "\u200c\u200d"
_FLAG = "\U0001f3f4"
_TAGS = ("\U000e0020", "\U000e007f")
_EMOJI_STYLE = "\ufe0f"
_KEYCAP = "\u20e3"
_EMOJI_ELSEWHERE = "‼⁉〰〽ℹ"
"""Characters of an emoji's form that are no symbols."""
_SIMPLE_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "DIGIT", "HANGUL", "HIRAGANA", "KATAKANA", "CJK")
"""Where letters don't join, so that nothing changes between two of them."""
_FACELESS = "CMZ"
_PLAIN = re.compile("[!-.0-?A-~]+(?: [!-.0-?A-~]+)*")
"""Most names: ASCII characters that are visible, but for those of links and mentions; nothing in them changes."""
_LOUD = re.compile(r"@(?=everyone|here|channel)", re.IGNORECASE)
_LINK = re.compile(r"://|(?<=\w)(\.[a-z]{2,})/", re.IGNORECASE)


def shown(name: str) -> str:
    """Clean a name for showing, on one line; empty if nothing of it is visible.

    Invisible characters are removed, and so are those that turn the reading direction; joiners and style signs stay
    where emoji and scripts need them. Mentions of everybody and links, such as invitations, lose their effect.
    """
    return name if _PLAIN.fullmatch(name) else _cleaned(name)


@lru_cache(_REMEMBERED)
def _cleaned(name: str) -> str:
    whole = single_spaced(unicodedata.normalize("NFC", name))
    kept = ""
    for at, character in enumerate(whole):
        if not is_ignorable(character):
            kept += "" if unicodedata.category(character)[0] == "C" else character
        elif _is_needed(character, kept[-1:], whole[at + 1 : at + 2], kept):
            kept += character
    kept = single_spaced(kept).rstrip(_JOINERS)
    if not any(_has_face(character) for character in kept):
        return ""
    return _LINK.sub(lambda found: found[0].replace("/", "∕"), _LOUD.sub("＠", kept))


def chosen(name: str) -> str:
    """Clean a name that somebody chose, as it will be shown.

    Raises:
        BadInput: the name is invisible, or it or one of its words looks like the bot's own.
    """
    kept = shown(name)
    if not kept:
        raise BadInput(_("Please enter a name that others can see."))
    words = "".join(one if one.isalnum() or is_ignorable(one) else " " for one in kept).split()
    if any(look_alike(bare, BOT_NAME) for bare in ("".join(words), *words)):
        raise BadInput(_("That is the bot's own name. Please choose another."))
    return kept


def _is_needed(character: str, before: str, after: str, kept: str) -> bool:
    """Whether an invisible character changes how those around it are shown."""
    if not before:
        return False
    if character in _JOINERS:
        return all(one and (_is_symbol(one) or _joins(one)) for one in (before, after))
    if character == _EMOJI_STYLE:
        return _is_symbol(before) or before in _EMOJI_ELSEWHERE or after == _KEYCAP
    if _TAGS[0] <= character <= _TAGS[1]:
        return _FLAG in kept and (before == _FLAG or _TAGS[0] <= before <= _TAGS[1])
    return "\U000e0100" <= character <= "\U000e01ef" and unicodedata.name(before, "").startswith("CJK UNIFIED")


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character)[0] == "S" or character == _EMOJI_STYLE


def _joins(character: str) -> bool:
    is_letter = unicodedata.category(character)[0] in "LM"
    return is_letter and not unicodedata.name(character, "").startswith(_SIMPLE_SCRIPTS)


def _has_face(character: str) -> bool:
    return unicodedata.category(character)[0] not in _FACELESS and not is_ignorable(character)
