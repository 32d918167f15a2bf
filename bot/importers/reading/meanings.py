"""Settles what an answer means that is the label of one choice and the text of another: "2" below "1) 2" and "2) 4"."""

from collections.abc import Iterator, Sequence

from bot.domain.drafts import Finding, FindingCode
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.keys import parts_of, resolve

_QUOTED = 80

Positions = tuple[int, ...]


def settle_meanings(raws: Sequence[RawQuestion]) -> None:
    """Read such an answer the way the other answers are meant, if they agree; otherwise doubt its question."""
    named = [(raw, by_text) for raw in raws if raw.key and raw.labelled and (by_text := _by_text(raw))]
    labelled = [(raw, by_text, _by_label(raw)) for raw, by_text in named]
    doubtful = [(raw, by_text) for raw, by_text, by_label in labelled if by_label not in ((), by_text)]
    if not doubtful:
        return
    are_texts = any(not by_label for _raw, _by_text, by_label in labelled)
    are_labels = any(_by_label(raw) for raw in _without(raws, named))
    for raw, by_text in doubtful:
        if are_texts == are_labels or (are_labels and _is_rather_text(raw, by_text)):
            message = _("The answer “{answer}” is the label of one choice and the text of another.")
            told = message.format(answer=shortened(raw.key or "", _QUOTED))
            raw.doubts.append(Finding(line=raw.line, code=FindingCode.KEY_NOT_A_CHOICE, message=told))
        elif are_texts:
            raw.key = ", ".join(raw.choices[position].label for position in by_text)


def _without(raws: Sequence[RawQuestion], named: Sequence[tuple[RawQuestion, Positions]]) -> Iterator[RawQuestion]:
    """The questions whose answers are no texts of choices."""
    known = {id(raw) for raw, _by_text in named}
    return (raw for raw in raws if raw.key and raw.labelled and id(raw) not in known)


def _by_text(raw: RawQuestion) -> Positions:
    """The positions of the choices that are the answer, or its parts, letter for letter."""
    texts = [choice.lines[0].text.strip() for choice in raw.choices]
    key = (raw.key or "").strip(" *_.")
    wanted = [key] if key in texts else parts_of(key)
    return tuple(sorted({texts.index(part) for part in wanted})) if {*wanted} <= {*texts} else ()


def _is_rather_text(raw: RawQuestion, by_text: Positions) -> bool:
    """Whether an answer is one text, and its letters would be several labels, or labels in another case: "AB", "C"."""
    labels = {choice.item.mark.label for choice in raw.choices if choice.item}
    return len(by_text) == 1 and (raw.key or "").strip(" *_.") not in labels


def _by_label(raw: RawQuestion) -> Positions:
    labels = [choice.label for choice in raw.choices]
    return resolve(raw.key or "", ["\0"] * len(labels), labels).positions
