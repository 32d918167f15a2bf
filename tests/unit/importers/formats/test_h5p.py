"""Tasks of H5P: each kind becomes a question in its own way, with its pictures."""

import json
from typing import Any

import pytest

from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.revisions import accepted_answers
from bot.importers.h5p import task as task_module
from tests.unit.importers.formats.h5p_packages import image, messages, picture, read, task


def only(name: str, /, **params: Any) -> QuestionDraft:
    (question,) = read(task(name, **params)).questions
    return question


def answers(*texts: str, right: tuple[int, ...] = (0,)) -> list[dict[str, Any]]:
    return [{"text": f"<div>{text}</div>\n", "correct": at in right} for at, text in enumerate(texts)]


def test_choices() -> None:
    listed = answers("Lead", "Cork&nbsp;&amp; <em>wood</em>", "Iron", right=(1,))
    listed[0]["tipsAndFeedback"] = {"tip": "Think.", "chosenFeedback": "<p>It sinks.</p>", "notChosenFeedback": "Good."}
    listed[1]["tipsAndFeedback"] = {"tip": "", "chosenFeedback": "", "notChosenFeedback": "It floats."}
    comment = [{"from": 0, "to": 100, "feedback": "Density decides."}]
    question = only(
        "MultiChoice", question="<p>Which <strong>floats </strong>now?</p>\n", answers=listed, overallFeedback=comment
    )
    assert (question.kind, question.stem, question.line) == ("choice", "Which **floats** now?", 1)
    assert (question.choices, question.key, question.select) == (("Lead", "Cork & *wood*", "Iron"), (1,), 1)
    assert question.choice_explanations == ("Think.\n\nIt sinks.", "It floats.", "")
    assert (question.explanation, question.findings) == ("Density decides.", ())


def test_several_right_choices() -> None:
    listed = answers("Cork", "Wood", "Lead", right=(0, 1))
    question = only("MultiChoice", question="Which float?", answers=listed)
    assert (question.key, question.select, question.findings) == ((0, 1), 2, ())
    single = read(task("MultiChoice", question="Which floats?", answers=listed, behaviour={"type": "single"}))
    assert [code for _line, code, _text in messages(single)] == ["simplified"]
    assert "one of the 2 right choices is enough" in messages(single)[0][2]


def test_comments_on_a_score_are_no_explanation() -> None:
    for feedback in (["You got @score of @total."], ["Bad.", "Good."]):
        ranges = [{"from": 0, "to": 100, "feedback": text} for text in feedback]
        question = only("MultiChoice", question="Which?", answers=answers("a", "b"), overallFeedback=ranges)
        assert question.explanation == ""


@pytest.mark.parametrize(
    ("correct", "key"), [("true", (0,)), ("false", (1,)), (True, (0,)), (False, (1,)), ("", ()), ([], ())]
)
def test_true_or_false(correct: Any, key: tuple[int, ...]) -> None:
    behaviour = {"feedbackOnCorrect": "Yes!", "feedbackOnWrong": "No."}
    question = only("TrueFalse", question="Cork floats.", correct=correct, behaviour=behaviour)
    assert (question.kind, question.choices, question.key) == ("true_false", ("True", "False"), key)
    told = {(0,): ("Yes!", "No."), (1,): ("No.", "Yes!"), (): None}
    assert question.choice_explanations == told[key]


def test_blanks_with_alternatives_and_tips() -> None:
    blocks = ["<p>*Cork/<em>the</em> cork oak* grows in *Spain:a country*.</p><p>5 ** 2 is no ___ gap.</p>"]
    question = only("Blanks", text="<p>Fill in.</p>", questions=blocks)
    assert question.stem == "Fill in.\n\n____ grows in ____ (a country).\n\n5 \\*\\* 2 is no \\_\\_\\_ gap."
    assert (question.kind, question.exact) == ("blanks", True)
    assert accepted_answers(question) == ("(1) Cork | the cork oak", "(2) Spain")


@pytest.mark.parametrize(
    ("behaviour", "exact"),
    [({"caseSensitive": False}, False), ({"caseSensitive": True, "acceptSpellingErrors": True}, False), ({}, True)],
)
def test_blanks_are_as_exact_as_in_the_source(behaviour: dict[str, bool], exact: bool) -> None:
    assert only("Blanks", questions=["A *b*."], behaviour=behaviour).exact is exact


def test_more_blanks_than_fields_are_split() -> None:
    blocks = ["<p>Read this.</p>", "<p>One *a*, two *b*.</p><p>Three *c*.</p>", "Four *d* *e* *f*! Five *g* *h* *i*?"]
    document = read(task("Blanks", text="Fill in.", questions=blocks))
    assert [question.stem for question in document.questions] == [
        "Fill in.\n\nRead this.\n\nOne ____, two ____.",
        "Fill in.\n\nThree ____.",
        "Fill in.\n\nFour ____ ____ ____!",
        "Fill in.\n\nFive ____ ____ ____?",
    ]
    assert [accepted_answers(question)[-1] for question in document.questions] == ["(2) b", "c", "(3) f", "(3) i"]
    assert [(line, code) for line, code, _text in messages(document)] == [(n, "simplified") for n in (1, 2, 3, 4)]


def test_words_to_drag_are_listed_and_typed() -> None:
    text = "Cork *floats:on water\\+Yes\\-No* and\nlead *sinks\\+Right.:in it*."
    question = only("DragText", taskDescription="Drag.", textField=text, distractors="*burns* *Melts*")
    assert (
        question.stem == "Drag.\n\nCork ____ (on water) and\n\nlead ____ (in it).\n\n(burns / floats / Melts / sinks)"
    )
    assert accepted_answers(question) == ("(1) floats", "(2) sinks")
    assert question.findings == (FindingCode.SIMPLIFIED,)


def test_sets_of_single_choices_and_summaries() -> None:
    choices = [{"question": "Which floats?", "answers": ["<p>Cork</p>", "Lead"]}, {"question": "Who?", "answers": []}]
    summaries = [{"summary": ["It floats.", "It sinks."], "tip": ""}]
    document = read(
        task("SingleChoiceSet", choices=choices), task("Summary", intro="Which is true?", summaries=summaries)
    )
    assert [(one.line, one.stem, one.choices, one.key) for one in document.questions] == [
        (1, "Which floats?", ("Cork", "Lead"), (0,)),
        (2, "Who?", (), ()),
        (3, "Which is true?", ("It floats.", "It sinks."), (0,)),
    ]
    assert [(line, code) for line, code, _text in messages(document)] == [(2, "unkeyed"), (2, "broken")]


def test_cards_and_clues() -> None:
    cards = [
        {"text": "Red fruit?", "answer": "cherry|a \\| b", "image": {"path": "images/a.png"}, "imageAltText": "Red."}
    ]
    dialogs = [{"text": "<p>corcho</p>", "answer": "<p>cork</p>"}, {"text": "", "answer": "b", "imageAltText": "A dot"}]
    words = [{"clue": "It floats", "answer": "cork"}]
    document = read(
        task("Flashcards", cards=cards),
        task("Dialogcards", dialogs=dialogs),
        task("Crossword", words=words),
        task("GuessTheAnswer", taskDescription="Which fruit?", solutionText="Lime", media=image("a", "A lime")),
        a=picture(),
    )
    typed, card, shown, clue, guess = document.questions
    assert (typed.kind, typed.stem, typed.accepted) == ("short", "Red fruit?", ("cherry", "a | b"))
    assert (typed.image is not None, typed.image_alt) == (True, "Red.")
    assert (card.kind, card.stem, card.back, shown.stem) == ("card", "corcho", "cork", "A dot")
    assert (clue.kind, clue.stem, clue.accepted) == ("short", "It floats", ("cork",))
    assert (guess.kind, guess.back, guess.image) == ("card", "Lime", typed.image)
    assert document.findings == ()


def test_an_order() -> None:
    question = only("SortParagraphs", taskDescription="Put in order.", paragraphs=["<p>first</p>", "then", "last"])
    assert (question.kind, question.choices, question.key) == ("order", ("first", "then", "last"), (0, 1, 2))


def test_pictures_to_choose_from() -> None:
    options = [{"media": image("a", "A dot"), "correct": False}, {"media": image("b", "A square"), "correct": True}]
    document = read(task("MultiMediaChoice", question="Which is it?", options=options), a=picture(), b=picture("blue"))
    (question,) = document.questions
    assert (question.choices, question.key) == (("A dot", "A square"), (1,))
    assert [one is not None and one.alone for one in question.choice_pictures or ()] == [True, True]
    lone = read(task("MultiMediaChoice", question="Which is it?", options=options), a=picture())
    assert (lone.questions, [code for _line, code, _text in messages(lone)][-1]) == ((), "broken")


def test_kinds_that_are_never_asked_are_kept() -> None:
    keywords = [{"keyword": "density"}]
    essay = only("Essay", taskDescription="Why?", keywords=keywords, solution={"sample": "<p>Density.</p>"})
    assert (essay.kind, essay.stem, essay.explanation) == ("essay", "Why?", "Density.")
    assert (json.loads(essay.kept), essay.findings) == ({"keywords": keywords}, (FindingCode.KIND_NOT_ASKED,))
    assert [only(name).kind for name in ("MarkTheWords", "DragQuestion")] == ["mark-the-words", "drag-question"]
    assert only("DragQuestion").stem == "My DragQuestion"


def test_a_picture_comes_along() -> None:
    media = {"type": image("a", "A &quot;dot&quot;"), "disableImageZooming": False}
    document = read(task("TrueFalse", question="Is it red?", correct="true", media=media), a=picture())
    (question,) = document.questions
    assert (question.image is not None, question.image_alt, document.findings) == (True, 'A "dot"', ())


def test_a_picture_without_words_gets_some_and_that_is_told() -> None:
    document = read(task("TrueFalse", question="Is it?", correct="true", media={"type": image("a")}), a=picture())
    (question,) = document.questions
    assert question.image_alt == "A picture that has no description yet"
    assert [code for _line, code, _text in messages(document)] == ["simplified"]


@pytest.mark.parametrize(
    ("media", "files", "told"),
    [
        (image("b"), {}, "“images/b.png” isn't in the package"),
        (image("a"), {"a": b"<svg/>"}, "isn't a PNG"),
        (
            {"library": "H5P.Video 1.6", "params": {"sources": [{"path": "https://example.org/a.mp4"}]}},
            {},
            "Its H5P.Video",
        ),
        ({"library": "H5P.Image 1.1", "params": {"file": {"path": "https://example.org/a.png"}}}, {}, "in the package"),
    ],
)
def test_a_picture_that_is_missing_is_told(media: Any, files: dict[str, bytes], told: str) -> None:
    document = read(task("TrueFalse", question="Is it red?", correct="true", media={"type": media}), **files)
    ((line, code, message),) = messages(document)
    assert (line, code, told in message) == (1, "needs_figure", True)


@pytest.mark.parametrize(
    "media",
    [None, [], "a", {}, {"type": None}, {"type": {"library": "H5P.Image 1.1", "params": {"contentName": "Image"}}}],
)
def test_no_picture_is_none(media: Any) -> None:
    assert only("TrueFalse", question="Is it?", correct="true", media=media).findings == ()


def test_pictures_have_room_for_as_much_as_a_bank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_module, "MOST_OF_A_BANK_MB", 0)
    document = read(task("TrueFalse", question="Is it?", correct="true", media={"type": image("a")}), a=picture())
    assert "larger than 0 MB together" in messages(document)[0][2]


def test_formulas_and_signs() -> None:
    question = only(
        "MultiChoice", question=r"<p>Is \(x_1 * x_2 \) or \[\frac{1}{2}\]?</p>", answers=answers("M*A*S*H", "a_b")
    )
    assert question.stem == r"Is $x_1 * x_2$ or $$\frac{1}{2}$$?"
    assert question.choices == (r"M\*A\*S\*H", "a_b")


def test_html_that_has_no_counterpart_is_told() -> None:
    document = read(
        task("TrueFalse", question="<p>Is H<sub>2</sub>O wet?</p><strong></strong>", correct="true"),
        task("TrueFalse", question="Is it?", correct="true"),
    )
    assert [(line, code) for line, code, _text in messages(document)] == [(1, "simplified")]
    assert document.questions[0].stem == "Is H2O wet?"


def test_gaps_side_by_side_stay_apart() -> None:
    question = only("Blanks", questions=["<p>*a**b*<i></i>*c*d</p>", "<p>*e*.</p>"])
    assert question.stem == "____ ____ ____d\n\n____."
    assert accepted_answers(question) == ("(1) a", "(2) b", "(3) c", "(4) e")


def test_stars_around_markup() -> None:
    question = only("Blanks", questions=['<p>A <em>*cork* <span style="color:red">*<b>red/pink</b>*</span></em>.</p>'])
    assert accepted_answers(question) == ("(1) cork", "(2) red | pink")
