"""Makes drafts of questions without choices: their answer is typed or, if it is long, on the back of a card."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from bot.domain.accepted import AcceptedNumber
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.gaps import count_gaps
from bot.importers.reading.compose import ends_sentence, markdown
from bot.importers.reading.lines import Line
from bot.importers.reading.vocabulary import parted_by
from bot.importers.typed import is_short, typed

_REMARK = re.compile(r"\s[(\[][^()\[\]]{1,60}[)\]]$")
"""What stands in brackets behind an answer, and needn't be typed: "Lima (Peru)"; "O(n)" is whole."""
_AROUND = " *_`\"'“”„’"
_MEASURE = re.compile(
    r"(?P<value>-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?)"
    r"(?!\s?(?:st|nd|rd|th|am|pm)$)(?:\s|(?=[^\W\d_]{2}|[%°]))(?P<unit>[^\W\d_][^\d\s]{0,19}|[%°]\w?)"
)
"""A number with its unit; "19th", "5pm", "5G" and "2x" are none."""
_MAY_BE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9])")
"""384.400 is a large number in German and a small one in English."""
_SENTENCE = re.compile(r"[。，；：？！、]|[;:?!]\W*$")
"""What an answer has that says more than a name: marks within Chinese or Japanese text, or an end that goes on."""
_FEW_WORDS = 2
"""An answer of more words that ends in a full stop is a sentence."""


def answered(draft: QuestionDraft, lines: Sequence[Line]) -> QuestionDraft:
    """A question that is answered by typing what is on these lines or, if that is long, a card with it on its back."""
    if len(lines) == 1 and is_brief(lines[0].text):
        try:
            return _typed(draft, lines[0].text.rstrip(f"{_AROUND}.").lstrip(_AROUND))
        except BadInput:
            pass
    return replace(draft, kind="card", back=markdown(lines))


def is_brief(text: str) -> bool:
    """Whether an answer is short, no sentence, and announces nothing."""
    return (
        is_short(text)
        and "![" not in text
        and not _SENTENCE.search(text)
        and not (ends_sentence(text) and len(text.split()) > _FEW_WORDS)
    )


def _typed(draft: QuestionDraft, answer: str) -> QuestionDraft:
    if _MAY_BE_THOUSANDS.match(answer) and not count_gaps(draft.stem):
        return replace(draft, kind="short", accepted=(answer,))
    measure = _MEASURE.fullmatch(answer)
    if measure and not count_gaps(draft.stem):
        value = AcceptedNumber(value=Fraction(measure["value"]))
        return replace(draft, kind="number", accepted=(value,), unit=measure["unit"])
    return typed(draft, _spellings(answer), answer)


def _spellings(answer: str) -> list[str]:
    """An answer as it stands, without what is in brackets behind it, and each of several that are right."""
    bare = _REMARK.sub("", answer)
    return [answer, bare, *(part for some in bare.split(" / ") for part in parted_by("or", some))]
