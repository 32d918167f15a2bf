"""Texts that a regular expression may be slow on, derived from the expression itself."""

import string
from collections.abc import Iterator
from itertools import islice, product
from re import _constants as c  # type: ignore[attr-defined]  # the parser that `re` itself uses has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ENDS = ("", "\0", "!")
"""What comes behind a pump: nothing, or what keeps most expressions from matching at last."""

_ALPHABET = string.ascii_letters + string.digits + " \t\n" + string.punctuation + "é“’•☑ÂĂ…–"
_CATEGORIES = {
    c.CATEGORY_DIGIT: str.isdigit,
    c.CATEGORY_SPACE: str.isspace,
    c.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
    c.CATEGORY_NOT_DIGIT: lambda sign: not sign.isdigit(),
    c.CATEGORY_NOT_SPACE: lambda sign: not sign.isspace(),
    c.CATEGORY_NOT_WORD: lambda sign: not (sign.isalnum() or sign == "_"),
}
_PLAIN = (*" aA1([<*_-#|:.`\n", "\t ", "a ", "A, ", "1. ", "-a")
_MOST = 12
"""How many spellings of one part of an expression are tried."""


def pumps(pattern: str, flags: int) -> list[tuple[str, str]]:
    """Pairs of a beginning and of what is repeated behind it."""
    tree = parser.parse(pattern, flags)
    found = [("", pump) for pump in _PLAIN]
    found += [("", whole) for whole in _spelled(tree)]
    found += list(_repeated(tree, [""]))
    return [pair for pair in dict.fromkeys(found) if pair[1]]


def _repeated(tree: Any, before: list[str]) -> Iterator[tuple[str, str]]:
    """What each repetition in a tree repeats, behind what leads to it; and what leads to it, begun again and again."""
    for op, argument in tree:
        if op in {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}:
            _least, most, inside = argument
            if most > _MOST:
                yield from islice(product(before, _spelled(inside)), 4 * _MOST)
                yield from (("", begun) for begun in before)
            yield from _repeated(inside, before)
        elif op is c.SUBPATTERN:
            yield from _repeated(argument[3], before)
        elif op is c.BRANCH:
            for branch in argument[1]:
                yield from _repeated(branch, before)
        elif op is c.ATOMIC_GROUP:
            yield from _repeated(argument, before)
        before = list(islice((lead + more for lead, more in product(before, _of(op, argument))), _MOST))


def _spelled(tree: Any) -> list[str]:
    """Some texts that a tree matches."""
    texts = [""]
    for op, argument in tree:
        more = _of(op, argument)
        # Each alternative of this part once, and each way that led here once: not all products.
        longer = [texts[n % len(texts)] + more[n % len(more)] for n in range(max(len(texts), len(more)))]
        texts = list(dict.fromkeys(longer))[:_MOST]
    return texts


def _of(op: Any, argument: Any) -> list[str]:  # noqa: PLR0911 - one for each sort of part
    if op is c.LITERAL:
        return [chr(argument)]
    if op is c.NOT_LITERAL:
        return [sign for sign in "a1 " if ord(sign) != argument]
    if op is c.ANY:
        return ["a", " "]
    if op is c.IN:
        return _signs(argument)
    if op in {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}:
        least, _most, inside = argument
        once = [text * max(least, 1) for text in _spelled(inside)]
        return once if least else [*once, ""]
    if op is c.SUBPATTERN:
        return _spelled(argument[3])
    if op is c.ATOMIC_GROUP:
        return _spelled(argument)
    if op is c.BRANCH:
        return [text for branch in argument[1] for text in _spelled(branch)[:2]]
    return [""]  # a place, something ahead or behind, or a group again


def _signs(members: Any) -> list[str]:
    fits = [sign for sign in _ALPHABET if _is_member(sign, members)]
    literal = [chr(argument) for op, argument in members if op is c.LITERAL]
    return [*fits[:1], *fits[-1:], *literal[:2]] or ["a"]


def _is_member(sign: str, members: Any) -> bool:
    inside = False
    for op, argument in members:
        if op is c.LITERAL:
            inside |= ord(sign) == argument
        elif op is c.RANGE:
            inside |= argument[0] <= ord(sign) <= argument[1]
        elif op is c.CATEGORY:
            inside |= _CATEGORIES[argument](sign)
    return inside != (members[0][0] is c.NEGATE)
