"""What the cells of a column for kinds mean, and what kind a row without choices is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.accepted import InBlank, check_accepted
from bot.domain.drafts import QuestionDraft
from bot.domain.gaps import GAP, count_gaps
from bot.domain.views import MOST_FIELDS
from bot.importers.anki.cloze import Hidden, joined, taken_apart
from bot.importers.bank.kinds import KINDS_IN_BANKS
from bot.importers.reading.words import truth_of, verdict_word
from bot.importers.table.words import plain
from bot.importers.typed import is_short

_KINDS: Mapping[str, str] = {
    word.strip(): kind
    for kind, words in {
        "choice": """
            multiple choice; multichoice; multiplechoice; mc; mcq; mcqs; single choice; single; multiple;
            multiple answer; multiple answers;
            multiple response; multi select; multiple select; checkbox; checkboxes; quiz; radio; dropdown; choice;
            ma; mr; 单选; 单选题; 多选; 多选题; 选择题; 객관식; 選択
        """,
        "true_false": """
            true false; truefalse; true or false; tf; t f; boolean; bool; yes no; richtig falsch; wahr falsch;
            判断; 判断题
        """,
        "short": """
            fill in the blank; fill in the blanks; fill in; fill in blank; fill blank; fib; short answer; shortanswer;
            short; sa; type answer; typing; typed answer; identification; blanks; numeric; number; numerical; 填空;
            填空题; 简答; 简答题; 주관식; 단답형; lückentext
        """,
        "card": "card; flashcard; flash card",
        "essay": "open ended; open; essay; long answer; paragraph; es; subjective; theory; 论述; 论述题",
        "poll": "poll; survey; opinion",
        "draw": "draw",
        "word-cloud": "word cloud",
        "brainstorm": "brainstorm",
        "slide": "slide; content",
        "matching": "match; matching; mt",
        "ordering": "order; ordering; reorder; puzzle; sequence; ranking",
        "file-upload": "file upload; upload",
        "recording": "audio response; video response; audio; video",
        "hotspot": "hotspot; hot spot; labelling; labeling; drag and drop",
    }.items()
    for word in " ".join(words.split()).split(";")
}
ASKED = frozenset({"choice", "true_false", "short", "card", ""})
"""The kinds that a table can hold, and none."""

TRUTHS = {"true": True, "t": True, "false": False, "f": False}
"""What an answer says of a statement, wherever it stands."""
_YES_AND_NO = {**dict.fromkeys(("yes", "ja"), True), **dict.fromkeys(("no", "nein"), False)}
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))


def kind_of_type(cell: str) -> str:
    """The kind that a cell of a column for kinds names; empty if nothing is known about it."""
    return _KINDS.get(plain(cell), "")


def told_truth(answer: str) -> bool | None:
    """What an answer says of a statement in a row whose kind says that it is one: more words count there."""
    word = answer.casefold()
    said = TRUTHS.get(word, _YES_AND_NO.get(word))
    if said is None:
        said = truth_of(answer)
    return verdict_word(answer) if said is None else said


def kept(draft: QuestionDraft, kind: str, choices: Sequence[str], answer: str) -> QuestionDraft:
    """A question of a kind that isn't asked, with what the table says of its answers."""
    fields = {name: value for name, value in {"choices": [*choices], "answer": answer}.items() if value}
    return replace(draft, kind=kind, kept=json.dumps(fields, ensure_ascii=False) if fields else "")


def true_or_false(draft: QuestionDraft, *, said: bool | None) -> QuestionDraft:
    """A statement that is true or false; None: the table doesn't say."""
    told = {} if said is None else {"answer": said}
    return KINDS_IN_BANKS["true_false"].read(replace(draft, kind="true_false"), told)


def card(draft: QuestionDraft, back: str) -> QuestionDraft:
    """A card with a back; if it hides texts as Anki's cloze notes do, these are its gaps, or else its back.

    Raises:
        BadInput: a hidden text can't be typed.
    """
    parts = taken_apart(draft.stem)
    hidden = [part.text.strip() for part in parts if isinstance(part, Hidden)]
    if not hidden:
        return replace(draft, kind="card", back=back)
    stem, whole = (joined(parts, told) for told in (_gap, lambda part: part.text))
    are_gaps = all(hidden) and count_gaps(stem) == len(hidden) <= MOST_FIELDS
    if not are_gaps or not all(map(is_short, hidden)):
        return replace(draft, kind="card", stem=stem, back="\n\n".join(filter(None, (whole, back))))
    check_accepted(hidden)
    return replace(
        draft,
        kind="blanks",
        stem=stem,
        accepted=tuple(InBlank(at, text) for at, text in enumerate(hidden)),
        explanation="\n\n".join(filter(None, (draft.explanation, back))),
    )


def _gap(part: Hidden) -> str:
    """What is shown instead of a hidden text."""
    return f"{GAP} ({part.hint})" if part.hint else GAP


def spellings(answer: str) -> Sequence[str]:
    """What a cell accepts, parted by bars; a bar between brackets or beside nothing is part of an answer: "P(A|B)"."""
    parts = answer.strip("| ").split("|")
    are_whole = all(part.strip() and all(part.count(a) == part.count(b) for a, b in _BRACKETS) for part in parts)
    return parts if are_whole else [answer]
