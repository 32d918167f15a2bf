"""Resolves the answer that a source gives, as letters or as text, to positions among the choices."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.reading.compose import collapse
from bot.importers.reading.labels import number_of, positions_of
from bot.importers.reading.vocabulary import folded, phrases
from bot.importers.reading.words import labels_of_key, truth_of, without_option

CLOSE_ENOUGH = 30.0
"""From this likeness (0..100) on, an answer that is none of the choices still points at the most similar one."""

NEARLY_THE_SAME = 85.0
"""From this likeness (0..100) on, an answer means the similar choice, not a shorter one that it begins with."""

MOST_COMPARED = 500
"""How many characters of a text are compared for likeness."""

_QUOTED = 80
_AROUND = "*_`"
"""Signs of Markdown around an answer."""
_OPENED_LABEL = re.compile(r"^([(\[]?(?:[A-Za-z]|\d{1,2})[)\]]?[.:,]?)(?:\*{1,2}|`)(?!\w)")
"""A label with the sign behind it that ends bold type or code."""
_CLOSING_BOLD = re.compile(r"(?<=[^\s*])\*\*(?![\w*])")
_BOLD_LABEL = re.compile(r"\*\*([(\[]?(?:[A-Za-z]|\d{1,2})[)\]]?[.:,]?)\*\*")
"""A label in bold type: "**A** and **B**"."""
_LABEL = r"(?:[(\[]?(?:[A-Za-z]|\d{1,2})[)\]]?)"
_ONLY_LABELS = re.compile(
    rf"^(?:(?:options?|choices?)\s+)?{_LABEL}(?:(?:\s*(?:[,;&/+]|\band\b|\bor\b)\s*|\s+){_LABEL}){{0,25}}\s*[.)\]]?$",
    re.IGNORECASE,
)
_FEW = 12
_SIGN = r"[\s\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]"
_SIGNS_BEHIND = re.compile(rf"(?<!{_SIGN}){_SIGN}+$")
_RUN_TOGETHER = re.compile(r"^(?:[A-Z]{2,26}|[a-z]{2,26})[.)]?$")
_LABEL_THEN_TEXT = re.compile(
    r"^(?:options?\s+|choices?\s+)?(?:[(\[（【](?P<inside>[^\W\d_]{1,4}|\d{1,2})[)\]）】]"
    r"|(?P<label>[^\W\d_]{1,8}|\d{1,2})(?:[.):．、：）]|\s:|\s+[-–—]))\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_LABEL_THEN_REASON = re.compile(
    r"^[(\[]?(?P<label>[A-Z])[)\]]?,\s+(?P<rest>(?![^.]{0,400}\b[A-Z]\b)[^\W\d_A-Z]{2}.*)$", re.DOTALL
)
"""A letter and a sentence without another letter: "B, because it is light"."""
_LABELS_THEN_VERDICT = re.compile(
    r"^(?:option\s+)?(?P<labels>[A-Z](?:\s*(?:,|&|and)\s*[A-Z]){0,25})\s+"
    r"(?P<rest>(?:(?:is|are)\b(?!\s+(?:not|never|wrong|incorrect|false)\b)|(?:because|since|as)\b).*)$"
)
_LABELS_THEN_TEXT = re.compile(r"^(?P<labels>[^.:–—]{2,40}?)(?:[.:]|\s+[-–—])\s+(?P<rest>\S.*)$", re.DOTALL)
"""Several labels and an explanation: "B, C. Both are light"."""
_NAMES_ON = re.compile(
    r"^(?:(?:[,;&/]|\w{1,4}\s)\s*[(\[]?(?P<label>[^\W\d_])[)\]]"
    r"|(?:>\s?|\w{1,7}\s)?(?P<alone>[A-Z])(?:\W{1,3}[A-Z]){0,25}\W?$)"
)
"""Another label with a bracket behind the first, or nothing but labels: "(B), (C) because …", "B – C", "B: y C"."""
_AND_LETTER = re.compile(r"\s+(?P<letter>[eiyи])\s+", re.IGNORECASE)
"""The "and" of languages that have one letter for it: "b y c", "A e B"."""
_DASH = re.compile(r"\s[-–—]\s")
_WORD = re.compile(r"\w+")
_BEGINNING, _FEW_WORDS = 60, 3
_OF_PARTS = re.compile(
    r"(?:[(\[]?(?:[a-z]|[ivx]{2,4}|\d{1,2})\s?[)\].:=-]\s?[(\[]?[A-Z][)\]]?(?:[.,;/\s]{1,3}|$)){2,26}"
)
"""Answers of several parts: "(a) B (b) C"."""
_LABEL_BEHIND = re.compile(r"\s\S*\w\s?[:：]\s?[(\[]?(?P<label>[A-Z])[)\].]?$")
"""The label at the end of a sentence: "The answer is the third choice: C"."""
_LABEL_AT_END = re.compile(r"(?:^|[\s(\[])(?P<label>[A-Z])\W*$")
_BESIDE_ANSWER = re.compile(r"\b(?:(?:not|unlike|than)|see\s(?!option|choice|answer)\w+)\s[A-Z]\W*$", re.IGNORECASE)
"""A label that is no answer at the end of a remark: "B (not C)", "A (see Appendix B)"."""
_SHORT_WORD = 2
_REMARKS = ("(", "[", "（")
_SINGLE = re.compile(r"\b(?:[A-Za-z]|\d{1,2})\b")
_MOST_LABELS = 60
_REMARK = re.compile(r"\*{0,2} ?\([^()]{2,200}\)[\s*.]{0,4}$|\s(?:only|alone)$")
"""A remark behind an answer: "A, C (choose two)", "B only"."""
_LABELLED_PART = re.compile(r"\s*(?:[,;/&\n]|\band\b)\s*(?=[(\[]?[A-Za-z][)\].:]|[A-Z]\s[-–—]\s)")
_FEWEST_NAMED = 2
_SURE = 20
"""From this many characters on, a text that is a choice word for word isn't mere chance."""
_GOES_ON = re.compile(r"^\W{0,3}(?:and|or)\b")
_ANSWER_LABEL = re.compile(r"\bA\d{1,2}\b")
_AND = re.compile(r"\band\b|\bor\b|\boptions?\b|\bchoices?\b", re.IGNORECASE)
_QUOTES = str.maketrans("“”„‘’‚´", "\"\"\"''''")
_PART = re.compile(r"\s*(?:;|\n|,|\band\b)\s*")


class KeyAsRead(NamedTuple):
    """A resolved answer.

    Attributes:
        positions: 0-based positions of the right choices, ascending.
        rest: the text after the answer, usually an explanation.
        literal: False if the answer is none of the choices and only the most similar one was taken, if any.
    """

    positions: tuple[int, ...]
    rest: str = ""
    literal: bool = True


def not_a_choice(answer: str, positions: Sequence[int]) -> str:
    """What to say about an answer that is none of the choices, but was resolved to these positions, if any."""
    if positions:
        message = _("The answer “{answer}” isn't one of the choices; the most similar one was taken.")
    else:
        message = _("The answer “{answer}” isn't one of the choices, and none is similar.")
    return message.format(answer=shortened(answer, _QUOTED))


def resolve(text: str, choices: Sequence[str], labels: Sequence[str] = ()) -> KeyAsRead:
    """The key that ``text`` names.

    Args:
        text: the answer in the source: labels, a label with its choice, or the text of choices.
        choices: the texts to choose from.
        labels: their labels in the source; empty if it has none, so that only text can name a choice.
    """
    written = text.strip()
    text = _without_signs(text)
    if len(text) <= _MOST_LABELS and not text.isascii():
        text = _half_width(text)
    text = (text[:-_FEW] + _SIGNS_BEHIND.sub("", text[-_FEW:])) or text.rstrip("\ufe0f")
    if not text or not choices:
        return KeyAsRead(())
    named = labels and not _OF_PARTS.fullmatch(text)
    return (_by_labels(text, choices, labels) if named else None) or _by_text(text, choices, labels, written)


def _half_width(text: str) -> str:
    """``text`` with the letters, digits and signs of East Asian width as everywhere else."""
    return "".join(unicodedata.normalize("NFKC", sign) if "\uff00" <= sign <= "\uff5e" else sign for sign in text)


def _by_labels(text: str, choices: Sequence[str], labels: Sequence[str]) -> KeyAsRead | None:
    text = without_option(text)
    found = _LABEL_THEN_TEXT.match(text)
    label = (found["inside"] or found["label"]) if found else ""
    named = _positions(labels_of_key(label) or [label], labels) if found else ()
    rest = collapse(found["rest"]) if found else ""
    if named and (_same(rest, choices[named[0]]) or _several(rest.rstrip(" ;"), choices) == named):
        return KeyAsRead(named)
    if positions := _label_positions(text, labels):
        return KeyAsRead(positions)
    if several := _remarked(text, choices, labels) or _several_explained(text, labels):
        return several
    if named:
        positions = _labels_with_texts(text, choices, labels)
        more = _NAMES_ON.match(rest)
        names_more = more and _positions([more["label"] or more["alone"]], labels)
        elsewhere = names_more or _is_of_another(rest, named[0], choices)
        return KeyAsRead(positions) if positions else KeyAsRead(named, rest, literal=not elsewhere)
    found = _LABEL_BEHIND.search(text[-_FEW:])
    if found and (positions := _positions([found["label"]], labels)):
        return KeyAsRead(positions)
    return _reasoned(text, choices, labels)


def _remarked(text: str, choices: Sequence[str], labels: Sequence[str]) -> KeyAsRead | None:
    """The answer before a remark, which may take it back: "A (should be B)"; None if there is no remark."""
    remark = None if alike(text, choices) else _REMARK.search(text)
    positions = _label_positions(text[: remark.start()], labels) if remark else ()
    if not remark or not positions:
        return None
    taken_back = _ends_in_other_label(remark[0], positions, labels) and not _BESIDE_ANSWER.search(remark[0])
    return KeyAsRead(positions, literal=not taken_back)


def _reasoned(text: str, choices: Sequence[str], labels: Sequence[str]) -> KeyAsRead | None:
    """The answer that begins with a letter and goes on with a clause about it; None if it doesn't."""
    if (found := _LABEL_THEN_REASON.match(text)) and not alike(text, choices):
        positions, rest = _positions([found["label"]], labels), found["rest"]
        is_sure = positions and not denied(rest) and not _is_of_another(rest, positions[0], choices)
        return KeyAsRead(positions, rest) if is_sure else None
    found = _LABELS_THEN_VERDICT.match(text)
    if not found or denied(found["rest"]):
        return None
    positions = _positions(_SINGLE.findall(_AND.sub(" ", found["labels"])), labels)
    return KeyAsRead(positions, text) if positions else None


def denied(text: str) -> bool:
    """Whether a word for "wrong" is among the first words of a text: "– is wrong, it sinks"."""
    return not phrases("wrong").isdisjoint(_WORD.findall(folded(text[:_BEGINNING]))[:_FEW_WORDS])


def _several_explained(text: str, labels: Sequence[str]) -> KeyAsRead | None:
    """The answer that begins with several labels, and the explanation behind them; None if it doesn't."""
    found = _LABELS_THEN_TEXT.match(text)
    positions = _label_positions(found["labels"], labels) if found and not found["labels"].isalpha() else ()
    return KeyAsRead(positions, found["rest"]) if found and len(positions) > 1 else None


def _is_of_another(text: str, position: int, choices: Sequence[str]) -> bool:
    """Whether the text after a label is another choice, or begins with a long one, or with one before a dash."""
    told, plain = bare(text), [bare(choice) for choice in choices]
    if told.startswith(plain[position]):
        return False
    named = bare(_DASH.split(text, maxsplit=1)[0])
    return any(one in {told, named} or (len(one) >= _SURE and told.startswith(one)) for one in plain)


def _labels_with_texts(text: str, choices: Sequence[str], labels: Sequence[str]) -> tuple[int, ...]:
    """The positions of several choices that are named by letter and text: "A) Tin and C) Zinc"; empty if others are."""
    found = [_LABEL_THEN_TEXT.match(part.strip()) for part in _LABELLED_PART.split(text)]
    if len(found) < _FEWEST_NAMED or None in found:
        return ()
    positions = _positions([part["inside"] or part["label"] for part in found if part], labels)
    texts = [part["rest"] for part in found if part]
    fits = len(positions) == len(texts) and all(any(_same(one, choices[at]) for at in positions) for one in texts)
    return positions if fits else ()


def _label_positions(text: str, labels: Sequence[str]) -> tuple[int, ...]:
    if text.upper() in labels:
        return (labels.index(text.upper()),)
    if len(text) <= _MOST_LABELS and (found := _AND_LETTER.search(text)) and found["letter"].upper() not in labels:
        text = _AND_LETTER.sub(", ", text)
    if labels[0][:1] == "A" and labels[0][1:].isdigit():  # A1, A2, A3
        return _positions(_ANSWER_LABEL.findall(text), labels)
    if _ONLY_LABELS.match(text):
        return _positions(_SINGLE.findall(_AND.sub(" ", text)), labels)
    if _RUN_TOGETHER.match(text):
        letters = text.rstrip(".)")
        return _positions(letters, labels) if len({*letters}) == len(letters) else ()  # III is no three times I
    return _positions(labels_of_key(text), labels)


def _positions(named: Sequence[str], labels: Sequence[str]) -> tuple[int, ...]:
    """The positions of labels; empty if one of them belongs to no choice."""
    positions = {label: position for position, label in enumerate(labels)}
    found = {positions.get(label.upper(), -1) for label in named}
    if -1 in found:
        found = {_position_like(label, labels) for label in named}
    return () if -1 in found else tuple(sorted(found))


def _position_like(label: str, labels: Sequence[str]) -> int:
    """The position of the only label that stands for the same place in an alphabet, such as ``1`` for ``①``; or -1."""
    if label.isdecimal():
        counted = [number_of(known) for known in labels]
        return counted.index(int(label)) if counted.count(int(label)) == 1 else -1
    wanted = {position for spelled in (label, label.upper()) for position in positions_of(spelled)}
    if label.isascii() or not wanted:
        return -1
    like = [at for at, known in enumerate(labels) if wanted.intersection(positions_of(known))]
    return like[0] if len(like) == 1 else -1


def _by_text(text: str, choices: Sequence[str], labels: Sequence[str], written: str) -> KeyAsRead:
    plain = [bare(choice) for choice in choices]
    if same := alike(written, choices):
        return _as_read(same, choices)
    several = _several(text, choices) or _truth_by_letter(text, plain)
    if several:
        return KeyAsRead(several)
    answer, _sign, rest = text.partition(". ")
    compared = [choice[:MOST_COMPARED] for choice in plain]
    best = process.extractOne(bare(answer)[:MOST_COMPARED], compared, scorer=fuzz.token_sort_ratio)
    begun = _begun_with(text, choices, labels)
    if begun and (best is None or best[1] < NEARLY_THE_SAME or best[2] in begun.positions):
        return begun
    if best is None or best[1] < CLOSE_ENOUGH:
        return KeyAsRead((), text, literal=False)
    return KeyAsRead((best[2],), rest.strip(), literal=False)


def _truth_by_letter(text: str, choices: Sequence[str]) -> tuple[int, ...]:
    """The one of two choices, true and false, that a letter stands for: "T"; empty if it may stand for none."""
    if len(text) != 1 or {*map(truth_of, choices)} != {True, False}:
        return ()
    if any(at == len(choices) for _family, at in positions_of(text)):  # or the letter of a choice that was lost
        return ()
    begun = [at for at, choice in enumerate(choices) if choice.startswith(text.casefold())]
    return tuple(begun) if len(begun) == 1 else ()


def parts_of(text: str) -> list[str]:
    """Return the texts that an answer lists, parted by commas, semicolons, line ends or "and"."""
    return _PART.split(text)


def alike(text: str, choices: Sequence[str]) -> tuple[int, ...]:
    """Return the positions of the choices that a text is: letter for letter if one is, or else as a reader compares."""
    for same in (str.strip, _without_signs, bare):
        wanted = same(text)
        if found := tuple(at for at, choice in enumerate(choices) if same(choice) == wanted):
            return found
    return ()


def _without_signs(text: str) -> str:
    text = text.strip().strip(_AROUND)
    if "*" in text[:_FEW] or "`" in text[:_FEW]:
        text = _OPENED_LABEL.sub(r"\1", text, count=1)
    if "**" not in text:
        return text
    if text.count("**") % 2:  # the signs that begin it are already gone
        text = _CLOSING_BOLD.sub("", text, count=1)
    return _BOLD_LABEL.sub(r"\1", text[:_MOST_LABELS]) + text[_MOST_LABELS:]


def _as_read(positions: Sequence[int], choices: Sequence[str]) -> KeyAsRead:
    """The first of several choices that are alike; their texts may differ in what a reader doesn't compare."""
    return KeyAsRead((positions[0],), literal=len({choices[position] for position in positions}) == 1)


def _several(text: str, choices: Sequence[str]) -> tuple[int, ...]:
    """The positions of the choices that ``text`` lists; empty if a part of it is not a choice, or may be several."""
    positions = set()
    for part in parts_of(text):
        same = alike(part, choices)
        if not same or not _as_read(same, choices).literal:
            return ()
        positions.add(same[0])
    return tuple(sorted(positions))


def _begun_with(text: str, choices: Sequence[str], labels: Sequence[str]) -> KeyAsRead | None:
    """The longest choice that ``text`` begins with, word for word; the rest explains it."""
    by_length = sorted(range(len(choices)), key=lambda position: -len(choices[position]))
    for position in by_length:
        choice = choices[position].strip().rstrip(".")
        if not choice or text[: len(choice)].casefold() != choice.casefold():
            continue
        rest = text[len(choice) :]
        if _names_more(rest, choices) or _comes_to_another(rest, position, choices, labels):
            return KeyAsRead((position,), text, literal=False)
        if rest[:1] in {".", ",", ";", ":", "-", "–", "—"} and not rest[1:2].isalnum():
            return KeyAsRead((position,), rest.lstrip(".,;:-–— "))
        if rest[:1].isspace():
            return KeyAsRead((position,), text)
    return None


def _names_more(rest: str, choices: Sequence[str]) -> bool:
    """Whether an answer that begins with a choice goes on to name more: another choice, or what is none."""
    plain = [bare(choice) for choice in choices]
    return bool(_GOES_ON.match(rest)) or any(bare(part) in plain for part in parts_of(rest) if part.strip(" .;,"))


def _comes_to_another(rest: str, position: int, choices: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether a sentence that begins with a choice names another, or its label at the end: "Lead is heavy. So B"."""
    if _ends_in_other_label(rest, [position], labels):
        return True
    if not rest[:1].isspace() or rest.lstrip().startswith(_REMARKS):  # then only a reason follows
        return False
    named, own = _in_words(rest), _in_words(choices[position])
    others = map(_in_words, (choice for choice in choices if not _is_everyday(choice)))
    return any(other in named for other in others if other not in own)


def _is_everyday(choice: str) -> bool:
    """Whether a choice is a word that may be in any sentence, such as "is", "a" or "true"."""
    return (len(choice) <= _SHORT_WORD and choice.islower()) or truth_of(choice) is not None


def _ends_in_other_label(text: str, positions: Sequence[int], labels: Sequence[str]) -> bool:
    """Whether the last word of a text is the capital label of a choice at none of these positions."""
    found = _LABEL_AT_END.search(text[-_FEW:])
    return found is not None and found["label"] in labels and labels.index(found["label"]) not in positions


def _in_words(text: str) -> str:
    """The words of a text without case, with one space around each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _same(one: str, other: str) -> bool:
    return bare(one) == bare(other)


def bare(text: str) -> str:
    """Return ``text`` as a reader compares it: without case, extra spaces, kinds of quotes and a final full stop."""
    compared = collapse(text).casefold()
    if not compared.isascii():
        compared = compared.translate(_QUOTES)
    return compared.strip("*_`\"' ").rstrip(".;,: ") or text.strip()
