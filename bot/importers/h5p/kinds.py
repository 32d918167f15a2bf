"""Makes drafts of the tasks of H5P, a function for each library that holds questions."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.accepted import InBlank, check_accepted
from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.gaps import count_gaps
from bot.domain.images import LONGEST_WORDS, choice_picture
from bot.domain.questions import MAX_CHOICES
from bot.domain.selection import selection
from bot.domain.shortening import shortened
from bot.domain.views import MOST_FIELDS
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.importers.bank.kinds import KINDS_IN_BANKS
from bot.importers.bank.pictures import check_together
from bot.importers.h5p.gaps import Piece, portions, read_dragged, read_typed, starred
from bot.importers.h5p.task import Task, string
from bot.importers.reading.plain_text import escaped
from bot.importers.reading.shape import is_text

_TRUTH: Mapping[Any, bool] = {"true": True, "false": False}
_FEWEST, _MOST = 2, 8
"""How many items an order may have."""
_MOST_OFFERED = 30
"""The most words to drag that are listed below a question."""
_MOST_PARTS = 100
"""The most questions that a task with gaps is split into."""
_MOST_STARS = 2 * MOST_FIELDS * _MOST_PARTS
"""The most stars, two for each gap, and lines of a task with gaps."""
_ALTERNATIVES = re.compile(r"(?<!\\)\|")
_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PLACEHOLDER = re.compile(r"[@:](?:score|total|percent|num|maxscore)", re.IGNORECASE)

Drafts = Iterator[QuestionDraft | BadInput]
"""The questions of a task, with a refusal for each that has to be left out."""


def _choices(task: Task) -> Drafts:
    answers = task.records("answers")
    _check_number(answers)
    key = tuple(at for at, answer in enumerate(answers) if _is_right(answer))
    explained = tuple(_feedback(task, answer, right=at in key) for at, answer in enumerate(answers))
    stem = task.text("question")
    single = task.told("behaviour", "type") == "single" or task.told("singleAnswer") is True
    if single and len(key) > 1:
        message = _("In the source, one of the {count} right choices is enough; here all of them are to be chosen.")
        task.note(FindingCode.SIMPLIFIED, message.format(count=len(key)))
    draft = task.draft(
        stem,
        choices=tuple(task.words.line(string(answer.get("text"))) for answer in answers),
        key=key,
        select=selection(stem, len(key)),
        choice_explanations=explained if any(explained) else None,
        explanation=_comment(task),
    )
    yield task.illustrated(draft, task.told("media", "type") or task.told("media"))


def _check_number(answers: Sequence[Any]) -> None:
    if len(answers) > MAX_CHOICES:
        message = _("It has {count} choices, but at most {limit} can be shown.")
        raise BadInput(message.format(count=len(answers), limit=MAX_CHOICES))


def _is_right(answer: Mapping[str, Any]) -> bool:
    correct = answer.get("correct")
    return correct is True or correct == "true"


def _feedback(task: Task, answer: Mapping[str, Any], *, right: bool) -> str:
    """What is told about a choice: to whoever picks it, or doesn't pick it though it is right, and as a tip."""
    told = answer.get("tipsAndFeedback")
    told = told if isinstance(told, dict) else answer
    chosen, missed, tip = (
        task.words.text(string(told.get(name))) for name in ("chosenFeedback", "notChosenFeedback", "tip")
    )
    parts = [tip, chosen, missed if right and not chosen else ""]
    return "\n\n".join(dict.fromkeys(filter(None, parts)))


def _comment(task: Task) -> str:
    """What is told after a task whatever its score, unless it only names the score."""
    ranges = task.records("overallFeedback") or task.records("overallFeedback", "overallFeedback")
    texts = [text for one in ranges if (text := string(one.get("feedback"))) and not _PLACEHOLDER.search(text)]
    return task.words.text(texts[0]) if len(ranges) == 1 and texts else ""


def _truth(task: Task) -> Drafts:
    correct = task.told("correct")
    said = correct if isinstance(correct, bool) else _TRUTH.get(correct) if isinstance(correct, str) else None
    draft = task.draft(task.text("question"), kind="true_false")
    draft = KINDS_IN_BANKS["true_false"].read(draft, {"answer": said})
    right, wrong = (task.text("behaviour", f"feedbackOn{name}") for name in ("Correct", "Wrong"))
    if (right or wrong) and said is not None:
        draft = replace(draft, choice_explanations=(right, wrong) if said else (wrong, right))
    yield task.illustrated(draft, task.told("media", "type") or task.told("media"))


def _typed(task: Task) -> Drafts:
    told = task.told("questions")
    blocks = list(map(string, told)) if isinstance(told, list) else []
    _check_parts(len(blocks), *(block.count("*") for block in blocks))
    pieces = [piece for block in blocks for piece in read_typed(block, task.words)]
    lenient = task.told("behaviour", "acceptSpellingErrors") is True
    exact = task.told("behaviour", "caseSensitive") is not False and not lenient
    yield from _with_gaps(task, task.text("text"), pieces, exact=exact)


def _dragged(task: Task) -> Drafts:
    text = task.string("textField")
    _check_parts(text.count("\n"), text.count("*"))
    pieces = read_dragged(text, task.words)
    listed = [text for piece in pieces for texts in piece.answers for text in texts]
    offered = sorted({*listed, *starred(task.string("distractors"), task.words)}, key=str.casefold)
    shown = f"\n\n({' / '.join(map(escaped, offered))})" if len(offered) <= _MOST_OFFERED else ""
    for draft in _with_gaps(task, task.text("taskDescription"), pieces, exact=False):
        if isinstance(draft, BadInput):
            yield draft
            continue
        task.note(FindingCode.SIMPLIFIED, _("In the source, the words are dragged into the gaps; here they are typed."))
        yield replace(draft, stem=draft.stem + shown)


def _check_parts(*numbers: int) -> None:
    """Refuse a text with too many lines, or stars, before it is taken apart."""
    if max(numbers) > _MOST_STARS:
        raise BadInput(_("It has gaps in more than {most} sentences. Split it.").format(most=_MOST_PARTS))


def _with_gaps(task: Task, lead: str, pieces: Sequence[Piece], *, exact: bool) -> Drafts:
    parts = list(portions(pieces))
    if not parts:
        raise BadInput(_("It has no gap. Mark one with stars: *Paris*."))
    if len(parts) > _MOST_PARTS:
        raise BadInput(_("It has gaps in more than {most} sentences. Split it.").format(most=_MOST_PARTS))
    explanation = _comment(task)
    for part in parts:
        stem = f"{lead}\n\n{part.text}" if lead else part.text
        try:
            _check_part(part, stem)
        except BadInput as refusal:
            yield refusal
            continue
        if len(parts) > 1:
            message = _("In the source, this is a part of one task with more gaps than a question can have here.")
            task.note(FindingCode.SIMPLIFIED, message)
        accepted = tuple(InBlank(at, text) for at, texts in enumerate(part.answers) for text in dict.fromkeys(texts))
        draft = task.draft(stem, kind="blanks", accepted=accepted, exact=exact, explanation=explanation)
        yield task.illustrated(draft, task.told("media", "type") or task.told("image"))


def _check_part(part: Piece, stem: str) -> None:
    if len(part.answers) > MOST_FIELDS:
        message = _("It has {number} gaps, but at most {most} are allowed. Split it into two.")
        raise BadInput(message.format(number=len(part.answers), most=MOST_FIELDS))
    if count_gaps(stem) != len(part.answers):
        raise BadInput(_("Its gaps can't be told from the rest of its text."))
    check_accepted([text for texts in part.answers for text in texts])


def _each(
    name: str, make: Callable[[Task, Mapping[str, Any], str], QuestionDraft], lead: str = ""
) -> Callable[[Task], Drafts]:
    """Return what makes a question of each object in a member.

    Args:
        name: the member.
        make: makes a question of a task, one of the objects, and the text that all of them have in common.
        lead: the member with that text.
    """

    def of_task(task: Task) -> Drafts:
        text = task.text(lead) if lead else ""
        for one in task.records(name):
            try:
                draft = make(task, one, text)
            except BadInput as refusal:
                yield refusal
            else:
                yield draft

    return of_task


def _first_is_right(task: Task, one: Mapping[str, Any], _lead: str) -> QuestionDraft:
    return _with_first(task, task.words.text(string(one.get("question"))), one.get("answers"))


def _summary(task: Task, one: Mapping[str, Any], lead: str) -> QuestionDraft:
    return _with_first(task, lead, one.get("summary"))


def _with_first(task: Task, stem: str, answers: Any) -> QuestionDraft:  # noqa: ANN401  # JSON
    """A question whose first choice is the right one."""
    listed = [answer for answer in answers if isinstance(answer, str)] if isinstance(answers, list) else []
    _check_number(listed)
    return task.draft(stem, choices=tuple(map(task.words.line, listed)), key=(0,) if listed else ())


def _flashcard(task: Task, one: Mapping[str, Any], lead: str) -> QuestionDraft:
    told = _ALTERNATIVES.split(string(one.get("answer")))
    accepted = [text for part in told if (text := task.words.typed(part.replace("\\|", "|")))]
    check_accepted(accepted)
    stem = task.words.text(string(one.get("text"))) or lead
    exact = task.told("caseSensitive") is True
    draft = task.draft(stem, kind="short", accepted=tuple(dict.fromkeys(accepted)), exact=exact)
    return task.illustrated(draft, one.get("image"), string(one.get("imageAltText")))


def _card(task: Task, one: Mapping[str, Any], _lead: str) -> QuestionDraft:
    front, back = (task.words.text(string(one.get(name))) for name in ("text", "answer"))
    alt = string(one.get("imageAltText"))
    draft = task.draft(front or task.words.line(alt), kind="card", back=back)
    return task.illustrated(draft, one.get("image"), alt)


def _clue(task: Task, one: Mapping[str, Any], _lead: str) -> QuestionDraft:
    answer = task.words.typed(string(one.get("answer")))
    check_accepted([answer])
    stem = task.words.text(string(one.get("clue")))
    return task.draft(stem, kind="short", accepted=(answer,) if answer else ())


def _guess(task: Task) -> Drafts:
    draft = task.draft(task.text("taskDescription"), kind="card", back=task.text("solutionText"))
    yield task.illustrated(draft, task.told("media"))


def _ordered(task: Task) -> Drafts:
    told = task.told("paragraphs")
    items = [task.words.line(string(one)) for one in told] if isinstance(told, list) else []
    if not _FEWEST <= len(items) <= _MOST:
        message = ngettext(
            "It has {number} item, but an order takes {fewest} to {most}.",
            "It has {number} items, but an order takes {fewest} to {most}.",
            len(items),
        )
        raise BadInput(message.format(number=len(items), fewest=_FEWEST, most=_MOST))
    kind, fields = KINDS_IN_BANKS["order"], {"items": items}
    if misfit := kind.misfit(fields):
        raise BadInput(misfit[1])
    draft = kind.read(task.draft(task.text("taskDescription"), kind="order"), fields)
    yield task.illustrated(draft, task.told("media", "type"))


def _pictures(task: Task) -> Drafts:
    """Pictures to choose from."""
    options = task.records("options")
    _check_number(options)
    shown = []
    for option in options:
        media = option.get("media")
        found = task.picture(media) if isinstance(media, dict) else None
        params = media.get("params") if isinstance(media, dict) else None
        alt = task.words.typed(string(params.get("alt"))) if isinstance(params, dict) else ""
        shown.append(choice_picture(found, shortened(alt, LONGEST_WORDS), alone=True) if found and alt else None)
    key = tuple(at for at, option in enumerate(options) if _is_right(option))
    stem = task.text("question")
    if not options or not all(shown):
        raise BadInput(_("Each of its choices needs a picture, and words that say what it shows."))
    check_together([picture.file.data for picture in shown if picture and picture.file])
    texts = tuple(picture.image.alt for picture in shown if picture)
    draft = task.draft(stem, choices=texts, key=key, select=selection(stem, len(key)), choice_pictures=tuple(shown))
    yield task.illustrated(draft, task.told("media", "type"))


def _kept(task: Task) -> Drafts:
    """A question that can't be asked."""
    names = ("question", "taskDescription", "title", "text", "description", "intro", "headline")
    paths = (("question", "settings", "questionTitle"), *((name,) for name in names))
    stem = next((text for path in paths if (text := task.text(*path))), "") or task.words.line(task.title)
    fields = {name: value for name in ("keywords", "textField", "distractors") if (value := task.told(name))}
    kept = json.dumps(fields, ensure_ascii=False) if fields else ""
    if not is_text(kept):
        raise BadInput(_("A character in it isn't text (NUL or half a surrogate pair)."))
    draft = task.draft(
        stem,
        kind=_INNER_CAPITAL.sub("-", task.name).lower(),
        explanation=task.text("solution", "sample"),
        kept=kept,
    )
    yield task.illustrated(draft, task.told("media", "type"))


_NEVER_ASKED = """
    AdvancedBlanks ArithmeticQuiz Dictation DragQuestion Essay FindTheWords FreeTextQuestion ImageHotspotQuestion
    ImageMultipleHotspotQuestion ImagePair ImageSequencing MarkTheWords MemoryGame OpenEndedQuestion PersonalityQuiz
    SimpleMultiChoice SpeakTheWords StructureStrip
"""
KINDS: Mapping[str, Callable[[Task], Drafts]] = {
    **dict.fromkeys(_NEVER_ASKED.split(), _kept),
    "Blanks": _typed,
    "Crossword": _each("words", _clue),
    "Dialogcards": _each("dialogs", _card),
    "DragText": _dragged,
    "Flashcards": _each("cards", _flashcard, "description"),
    "GuessTheAnswer": _guess,
    "MultiChoice": _choices,
    "MultiMediaChoice": _pictures,
    "SingleChoiceSet": _each("choices", _first_is_right),
    "SortParagraphs": _ordered,
    "Summary": _each("summaries", _summary, "intro"),
    "TrueFalse": _truth,
}
"""What makes questions of a task, by the name of its library."""
