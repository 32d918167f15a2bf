"""Finds the key that formatting gives: right choices that are bold, coloured, highlighted, underlined or ticked.

One kind of formatting counts, the one that marks some of the choices, and not all, in most questions. Where two kinds
disagree, or most choices are marked, no key is taken and a finding says why.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.drafts import Finding, FindingCode
from bot.i18n import gettext as _
from bot.importers.documents.groups import Group, label_of
from bot.importers.documents.labels import letter, typed_label
from bot.importers.documents.piece import Family, Piece

RIGHT = "marked right"
"""The formatting whose name says that a choice is right, such as a style or a class called "correct"."""
TICKED = "ticked"
"""The formatting of a choice whose box or button is filled in."""
STRUCK = "struck"
"""The formatting of text that is struck through: nobody knows whether it is meant as right or as wrong."""

_LETTER_BEHIND = re.compile(r"(?<=\S)\s+[(\[]?(?P<letter>[A-Z])[)\].]?$")
_FEWEST_BEHIND = 2
"""A single letter behind a right choice may be part of it: "vitamin A"."""
_SUREST = (RIGHT, TICKED, "highlight", "bold", "colour", "underline")
_UNSURE = len(_SUREST)


def marked(pieces: Sequence[Piece], groups: Sequence[Group]) -> tuple[list[Piece], list[Finding]]:
    """Pieces with letters before choices that have boxes, and with an answer below choices that formatting marks.

    The findings say which formatting was taken for the key, and where it can't be.
    """
    unkeyed = [group for group in groups if not group.is_keyed]
    sets = {look: _split(pieces, unkeyed, look) for look in _looks(pieces, unkeyed)}
    common = {look: found for look, found in sets.items() if 2 * len(found) > _eligible(unkeyed, found)}
    findings = []
    if STRUCK in common:
        at = next(iter(common.pop(STRUCK)))
        message = _("Some choices are struck through. It isn't clear whether that means right or wrong. Set the keys.")
        findings.append(_finding(pieces[unkeyed[at].items[0]], message))
    chosen = min(common, key=lambda look: (_rank(look), -len(common[look])), default="")
    keys: dict[int, list[int]] = {}
    if chosen:
        doubt = _doubt(unkeyed, chosen, common[chosen])
        first = pieces[unkeyed[next(iter(common[chosen]))].items[0]]
        if doubt:
            findings.append(_finding(first, doubt))
        else:
            message = _("Nothing else says which choices are right, so the ones that are {look} were taken.")
            findings.append(_finding(first, message.format(look=_told(chosen)), FindingCode.SIMPLIFIED))
            keys, doubted = _agreed(unkeyed, chosen, common)
            message = _("Different choices are {look} and {other}, so it has no key.")
            findings += [
                _finding(pieces[unkeyed[at].items[0]], message.format(look=_told(chosen), other=_told(other)))
                for at, other in doubted
            ]
    by_first = {unkeyed[at].items[0]: right for at, right in keys.items()}
    bare = _without_own_letters(pieces, [(unkeyed[at].items, right[0]) for at, right in keys.items()])
    return _written(bare, groups, by_first), findings


def _looks(pieces: Sequence[Piece], groups: Sequence[Group]) -> list[str]:
    """Every formatting of a choice, the surest first."""
    found = {look for group in groups for at in group.items for look in pieces[at].looks}
    return sorted(found, key=lambda look: (_rank(look), look))


def _rank(look: str) -> int:
    return next((rank for rank, name in enumerate(_SUREST) if look.startswith(name)), _UNSURE)


def _split(pieces: Sequence[Piece], groups: Sequence[Group], look: str) -> dict[int, list[int]]:
    """The groups of which some choices have a formatting and others don't, with the positions of those that have."""
    found = {}
    for at, group in enumerate(groups):
        having = [position for position, item in enumerate(group.items) if look in pieces[item].looks]
        if 0 < len(having) < len(group.items):
            found[at] = having
    return found


def _eligible(groups: Sequence[Group], split: dict[int, list[int]]) -> int:
    """How many groups might be marked; plain lines are choices only if some of them are."""
    return sum(group.family is not Family.NONE or at in split for at, group in enumerate(groups))


def _doubt(groups: Sequence[Group], look: str, split: dict[int, list[int]]) -> str:
    """Why a formatting may mean something else than right; empty if nothing speaks against it."""
    large = [at for at in split if len(groups[at].items) > 2]
    if look == TICKED and all(having == [0] for having in split.values()):
        return _("Only first choices are ticked, as many forms do by default, so these ticks weren't taken as keys.")
    if 2 * sum(2 * len(split[at]) > len(groups[at].items) for at in large) > len(large):
        message = _("Most choices are {look}. It isn't clear whether that means right or wrong. Set the keys.")
        return message.format(look=_told(look))
    return ""


def _agreed(
    groups: Sequence[Group], chosen: str, common: dict[str, dict[int, list[int]]]
) -> tuple[dict[int, list[int]], list[tuple[int, str]]]:
    """The key of each group, and the groups where another common formatting marks others, with its name."""
    keys, doubted = {}, []
    for at in range(len(groups)):
        having = {look: found[at] for look, found in common.items() if at in found}
        own = having.get(chosen)
        other = next((look for look, found in having.items() if own and found != own), "")
        if other:
            doubted.append((at, other))
        elif own:
            keys[at] = own
    return keys, doubted


def _without_own_letters(pieces: Sequence[Piece], right: Sequence[tuple[Sequence[int], int]]) -> Sequence[Piece]:
    """The pieces, with right choices without the letter of their place behind them, if most of them have one there.

    Where another choice ends in a letter, too, letters are part of the choices: "group A", "group B".

    Args:
        pieces: the document.
        right: where the choices of each question are, and which of them is the first right one.
    """
    bare: dict[int, Piece] = {}
    for items, position in right:
        at = items[position]
        found = _LETTER_BEHIND.search(pieces[at].text)
        is_own = found and found["letter"] == letter(position + 1)
        if found and is_own and not any(_LETTER_BEHIND.search(pieces[item].text) for item in items if item != at):
            bare[at] = replace(pieces[at], text=pieces[at].text[: found.start()])
    if len(bare) < _FEWEST_BEHIND or 2 * len(bare) <= len(right):
        return pieces
    return [bare.get(at, piece) for at, piece in enumerate(pieces)]


def _written(pieces: Sequence[Piece], groups: Sequence[Group], keys: dict[int, list[int]]) -> list[Piece]:
    """The pieces with the letters and answers that the choices of each group get."""
    lettered: dict[int, Piece] = {}
    answers: dict[int, str] = {}
    for group in groups:
        right = keys.get(group.items[0])
        is_box = group.family is Family.BOX and any(pieces[at].family for at in group.items)
        if is_box or (right and (group.family is not Family.LETTER or not group.is_latin)):
            for position, at in enumerate(group.items, start=1):
                lettered[at] = _with_letter(pieces[at], position)
        if right:
            answers[group.items[-1]] = ", ".join(letter(position + 1) for position in right)
    written = []
    for at, piece in enumerate(pieces):
        written.append(lettered.get(at, piece))
        if at in answers:
            written.append(Piece(text=f"Answer: {answers[at]}", spot=piece.spot))
    return written


def _with_letter(piece: Piece, position: int) -> Piece:
    text = piece.text
    if not piece.family and label_of(piece)[0] and (found := typed_label(text)):
        text = text[found.length :]
    return replace(piece, text=text, family=Family.LETTER, label=f"{letter(position)}.")


def _told(look: str) -> str:
    """A formatting in words."""
    kind, _space, value = look.partition(" ")
    words = {
        RIGHT: _("called right"),
        TICKED: _("ticked"),
        "bold": _("bold"),
        "underline": _("underlined"),
        "colour": _("coloured ({value})").format(value=value),
        "highlight": _("highlighted ({value})").format(value=value),
    }
    return words.get(look) or words.get(kind) or look


def _finding(piece: Piece, message: str, code: FindingCode = FindingCode.UNKEYED) -> Finding:
    return Finding(line=piece.spot, code=code, message=message)
