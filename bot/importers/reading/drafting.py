"""Turns a question taken apart into a draft: composes its texts, resolves its key, and notes what is odd."""

import re
from collections.abc import Sequence
from string import ascii_uppercase

from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.selection import selection
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.reading.anatomy import RawChoice, RawQuestion, dedented
from bot.importers.reading.compose import collapse, markdown, one_line
from bot.importers.reading.doubts import letters_of
from bot.importers.reading.keys import KeyAsRead, not_a_choice, resolve
from bot.importers.reading.lines import Line
from bot.importers.reading.open_drafts import answered

_QUOTED = 80
"""The most that a finding quotes from the source, in characters."""
_EITHER = re.compile(r"^\W{0,3}\w{1,2}\W{1,4}or\W{1,4}\w{1,2}\b", re.IGNORECASE)
"""An answer that leaves open which of two labels it is."""
_NUMBER = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_CLOSING_BOLD = re.compile(r"(?<=[.?!:？。！])\*\*$")
"""The end of bold type behind a sentence; behind a word, as in "char**", the stars may belong to it."""
_FEWEST_LETTERS = 3
"""Fewer choices of a letter each may be answers: of blood groups, two are."""


def draft(raw: RawQuestion) -> tuple[QuestionDraft, list[Finding]]:
    """The draft of a question, and the findings about it (their codes are on the draft, too)."""
    choices = tuple(_choice_text(choice) for choice in raw.choices)
    stem = _balanced(markdown(raw.stem))
    key = _key(raw, choices)
    findings = [*raw.doubts]
    if conflict := _conflict(raw, key):
        findings.append(_finding(raw, FindingCode.KEY_CONFLICTS_EXPLANATION, conflict))
    if len(key.positions) > 1 and (_EITHER.search(raw.key or "") or _is_order(raw, key)):
        message = _("The answer “{answer}” isn't just one of the choices; it may be another one.")
        told = message.format(answer=shortened(raw.key or "", _QUOTED))
        findings.append(_finding(raw, FindingCode.KEY_NOT_A_CHOICE, told))
    if not key.literal:
        message = not_a_choice(raw.key or "", key.positions)
        findings.append(_finding(raw, FindingCode.KEY_NOT_A_CHOICE, message))
    if raw.lost:
        findings.append(_finding(raw, FindingCode.BROKEN, _("Choice {label} is missing.").format(label=raw.lost)))
    if figure := _missing_figure(raw, stem, choices):
        findings.append(_finding(raw, FindingCode.NEEDS_FIGURE, figure))
    explanation = markdown(raw.explanation)
    question = QuestionDraft(
        line=raw.line,
        stem=stem,
        choices=choices,
        key=key.positions,
        select=selection(stem, len(key.positions)),
        section=raw.section,
        explanation="\n\n".join(part for part in (key.rest, explanation) if part),
        choice_explanations=_choice_explanations(raw),
        findings=tuple(dict.fromkeys(finding.code for finding in findings)),
    )
    return answered(question, raw.answer) if raw.answer else question, findings


def _balanced(stem: str) -> str:
    """A stem without the end of bold type that began before its number: "**7) Which of these … floats?**"."""
    if stem[-2:] != "**" or stem.count("**") % 2 == 0 or "`" in stem or "\n\n" in stem:
        return stem
    return _CLOSING_BOLD.sub("", stem)


def _missing_figure(raw: RawQuestion, stem: str, choices: Sequence[str]) -> str:
    """What a question needs to be shown and isn't there: a picture, or what its choices are; empty if nothing is."""
    if any(line.figure for line in raw.stem):
        return _("The question had a picture, which is missing here.")
    letters = _letters_alone(stem, choices)
    return _("It needs a figure or table: “{words}”.").format(words=", ".join(letters)) if letters else ""


def _letters_alone(stem: str, choices: Sequence[str]) -> Sequence[str]:
    """The choices that are no more than their own letters, if they are many and the stem doesn't list them.

    What such letters stand for is in a picture, or in text that is lost.
    """
    if not choices or choices[0].upper() != ascii_uppercase[0]:  # as most choices are
        return ()
    pairs = zip(ascii_uppercase, choices, strict=False)
    alone = [choice for letter, choice in pairs if choice.upper() == letter]
    return () if len(alone) < _FEWEST_LETTERS or {*alone} <= {*_WORD.findall(stem)} else alone


def _key(raw: RawQuestion, choices: Sequence[str]) -> KeyAsRead:
    if raw.key:
        return resolve(raw.key, choices, raw.labels)
    return KeyAsRead(tuple(position for position, choice in enumerate(raw.choices) if choice.ticked))


def _is_order(raw: RawQuestion, key: KeyAsRead) -> bool:
    """Whether an answer names all choices by their labels, but not as they stand: "C, A, B" may be an order."""
    if not raw.key or not 2 < len(key.positions) == len(raw.choices):
        return False
    named = letters_of(raw.key) or _NUMBER.findall(raw.key)
    return len(named) == len(raw.choices) and named != sorted(named)


def _choice_text(choice: RawChoice) -> str:
    lines = choice.lines
    if len(lines) == 1 and not lines[0].code:  # as most choices are
        return collapse(lines[0].text)
    has_code = any(line.code for line in lines)
    has_table = not lines[0].text and any(line.text.lstrip().startswith("|") for line in lines)
    return markdown(dedented(lines)) if has_code or has_table else one_line(lines)


def _conflict(raw: RawQuestion, key: KeyAsRead) -> str:
    """Say that a sign marks other choices than the answer or a word names; empty if it doesn't."""
    if any(choice.rejected and choice.ticked and not choice.typographic for choice in raw.choices):
        return _("A choice is marked both right and wrong. Correct the file.")
    ticked = tuple(position for position, choice in enumerate(raw.choices) if choice.ticked)
    if not raw.key or not ticked or not key.literal or ticked == key.positions:
        return ""
    return _("The answer names other choices than those that are marked as right. Correct the file.")


def _choice_explanations(raw: RawQuestion) -> tuple[str, ...] | None:
    if not raw.choice_explanations:
        return None
    return tuple(markdown(raw.choice_explanations.get(choice.label, [])) for choice in raw.choices)


def _finding(raw: RawQuestion, code: FindingCode, message: str) -> Finding:
    return Finding(line=raw.line, code=code, message=message)


def furniture_finding(line: Line) -> Finding:
    """Return the finding for a line that was skipped as page furniture."""
    message = _("Skipped a page header or footer: “{text}”.").format(text=shortened(line.text, _QUOTED))
    return Finding(line=line.number, code=FindingCode.PAGE_FURNITURE, message=message)
