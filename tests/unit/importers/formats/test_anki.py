"""Anki's notes: each card becomes a question in its own way, with its picture, its deck and its tags."""

import json
import sqlite3
from contextlib import closing

import pytest

from bot.domain.drafts import FindingCode
from bot.domain.revisions import accepted_answers
from bot.importers import parse
from tests.pictures import png
from tests.unit.importers.formats.anki_packages import (
    ADD_ON,
    BASIC,
    CLOZE,
    REVERSED,
    RULE,
    TYPED,
    collection,
    messages,
    model,
    note,
    only,
    packed,
    read,
)

MCQ = model("MCQ", ("Question", "Option A", "Option B", "Option C", "Answer", "Explanation"))
KPRIM = model("AllInOne (kprim, mc, sc)", ADD_ON)
PICTURE = {"a b.png": png()}


def test_a_basic_note_is_a_card() -> None:
    question = only("Which <b>bark</b> floats?<div>Think.</div>", "Cork &amp; <i>wood</i><br><br>Both do.")
    assert (question.kind, question.line, question.choices) == ("card", 1, ())
    assert (question.stem, question.back) == ("Which **bark** floats?\n\nThink.", "Cork & *wood*\n\nBoth do.")
    assert question.findings == ()


def test_a_reversed_note_is_two_cards() -> None:
    document = read(note(REVERSED, "corcho", "cork", guid="id"))
    assert [(one.stem, one.back) for one in document.questions] == [("corcho", "cork"), ("cork", "corcho")]
    assert [one.source_id for one in document.questions] == ["anki:id/1", "anki:id/2"]


@pytest.mark.parametrize(
    ("answer", "kind", "accepted"),
    [
        ("the <b>cork oak</b>", "short", ("the cork oak",)),
        ("<div>12</div>", "number", ("12",)),
        ("x" * 400, "card", ()),
    ],
)
def test_an_answer_to_type(answer: str, kind: str, accepted: tuple[str, ...]) -> None:
    question = only("Which?", answer, of=TYPED)
    assert (question.kind, accepted_answers(question) if kind != "card" else ()) == (kind, accepted)
    assert (question.back, question.explanation) == ("x" * 400 if kind == "card" else "", "")


def test_the_deck_is_the_section_and_tags_stay() -> None:
    decks = {
        "Woods::Cork  oak": [note(BASIC, "a", "b", tags=["tree", "x::y"])],
        "Woods": [note(BASIC, "c", "d")],
        "Woods::Oak::Old": [note(BASIC, "e", "f")],
    }
    document = parse(packed({"collection.anki2": collection(decks)}))
    assert (document.format, document.title) == ("anki", "Woods")
    assert [one.section for one in document.questions] == ["Cork oak", None, "Oak / Old"]
    assert document.questions[0].tags == ("tree", "x::y")


def test_decks_beside_each_other_are_sections() -> None:
    decks = {"Woods": [note(BASIC, "a", "b")], "Metals": [note(BASIC, "c", "d")]}
    document = parse(packed({"collection.anki2": collection(decks)}))
    assert (document.title, [one.section for one in document.questions]) == (None, ["Woods", "Metals"])


def test_pictures_come_along() -> None:
    shown = only("Which?<img src='a%20b.png' alt='A &quot;box&quot;'>", "b", media=PICTURE)
    assert (shown.stem, shown.image is not None, shown.image_alt) == ("Which?", True, 'A "box"')
    assert shown.findings == ()


def test_what_is_doubtful_about_pictures_is_told() -> None:
    document = read(
        note(BASIC, '<img src="a b.png">', "b"),
        note(BASIC, '<img src="a b.png"> and <img src=other.png>', "b"),
        note(BASIC, 'Which?<img src="lost.png" alt="A box">', "b"),
        note(BASIC, "c", 'see <img src="a b.png">'),
        note(BASIC, "d", '<img src="a b.png">'),
        media=PICTURE,
    )
    alone, two, lost, behind, bare = document.questions
    assert (alone.stem, alone.image is not None, alone.findings) == (
        "What does this picture show?",
        True,
        (FindingCode.SIMPLIFIED,),
    )
    assert (two.findings, lost.findings) == (
        (FindingCode.NEEDS_FIGURE, FindingCode.SIMPLIFIED),
        (FindingCode.NEEDS_FIGURE,),
    )
    assert (behind.back, behind.findings) == ("see", (FindingCode.SIMPLIFIED,))
    assert (bare.back, bare.findings) == ("", (FindingCode.NEEDS_FIGURE, FindingCode.UNKEYED))
    assert (3, "needs_figure", "The picture “lost.png” isn't in the package.") in messages(document)


def test_sounds_are_left_out_and_said_so() -> None:
    document = read(note(BASIC, "cork [sound:cork.mp3]", "corcho"), note(BASIC, "[sound:oak.mp3]", "oak"))
    assert [(one.stem, one.findings) for one in document.questions] == [("cork", (FindingCode.SIMPLIFIED,))]
    assert messages(document) == [
        (1, "simplified", "Its sound was left out."),
        (2, "broken", "“[sound:oak.mp3] oak” was left out. Its question is only a sound."),
    ]


def test_formulas_and_code() -> None:
    question = only(
        r"Is \(x^2 &lt; 1\)? Or [$]y_1[/$]? It costs $5, or $6.",
        "<pre><code class='language-python'>if x:<br>    y()</code></pre>[latex]$z$[/latex]",
    )
    assert question.stem.startswith("Is $x^2 < 1$? Or $y_1$?")
    assert question.back == "```python\nif x:\n    y()\n```\n\n$z$"


def test_html_that_has_no_counterpart_is_told() -> None:
    question = read(note(BASIC, "H<sub>2</sub>O", "water"))
    assert messages(question) == [(1, "simplified", "HTML that can't be shown here was taken out: <sub>.")]


TEMPLATES = (
    ("{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}", "a", "b"),
    ("{{Front}}", "{{Front}}<hr id='answer'>{{Back}}<br>{{More}}", "a", "b\n\nc"),
    ("{{Front}}", "{{Front}}: {{Back}}", "a", ": b"),
    ("{{Front}}{{#None}} never{{/None}}{{^None}} always{{/None}}", "{{Back}}", "a always", "b"),
    ("{{#More}}{{Front}}{{#None}}{{Back}}{{/None}}!{{/More}}", "{{Back}}", "a!", "b"),
    ("<div class='{{Tags}}'>{{text:Front}}</div><p>Why?</p>", "{{Deck}}{{Back}}", "a\n\nWhy?", "b"),
    ("<style>b{}</style><!-- {{Back}} -->{{Front}}<script>if (a < b) {{Back}}</script>", "{{Back}}", "a", "b"),
    ("{{Front}}{{tts en_US:Front}}", RULE + "{{Lost}}{{Back}}", "a", "b"),
    ("{{Front}}", RULE, "a", ""),
)


@pytest.mark.parametrize(("front", "back", "stem", "answer"), TEMPLATES)
def test_templates_say_what_is_asked(front: str, back: str, stem: str, answer: str) -> None:
    question = only("a", "b", "c", "", of=model("T", ("Front", "Back", "More", "None"), front, back))
    assert (question.stem, question.back) == (stem, answer)


def test_a_front_does_not_give_the_reading_of_a_word_away() -> None:
    of = model("Japanese", ("Word", "Meaning"), "{{kanji:Word}}", "{{kana:Word}}<br>{{Meaning}}")
    question = only("\u6642[\u3068\u304d] \u65e5[\u3072]", "time, day", of=of)
    assert (question.stem, question.back.split("\n")[-1]) == ("\u6642\u65e5", "time, day")


def test_a_hint_and_a_program_are_told() -> None:
    with_hint = model("Hint", ("Front", "Back", "Help"), "{{Front}}{{hint:Help}}<script>f()</script>", "{{Back}}")
    document = read(note(with_hint, "a", "b", "c"), note(with_hint, "d", "e"))
    assert [one.stem for one in document.questions] == ["a", "d"]
    assert [(line, code, text[:20]) for line, code, text in messages(document)] == [
        (1, "simplified", "In Anki, a script sh"),
        (1, "simplified", "Its hint was left ou"),
    ]


def test_each_cloze_card_is_a_question_with_blanks() -> None:
    document = read(note(CLOZE, "{{c2::Oslo}} in {{c1::Norway::a country}} and {{c1::Rome}}.", "Two <b>capitals</b>."))
    first, second = document.questions
    assert (first.kind, first.stem) == ("blanks", "Oslo in ____ (a country) and ____.")
    assert accepted_answers(first) == ("(1) Norway", "(2) Rome")
    assert (second.stem, accepted_answers(second)) == ("____ in Norway and Rome.", ("Oslo",))
    assert [one.explanation for one in document.questions] == ["Two **capitals**."] * 2
    assert document.findings == ()


CLOZES = (
    ("{{c1::a {{c2::b}} c}} d", [("____ d", "a b c"), ("a ____ c d", "b")]),
    ("<b>{{c1::x}}</b>{{c1::y}} ___ z", [("**____**____ \\_\\_\\_ z", "x y")]),
    ("{{c1::open and {{c2::shut}}", [("open and ____", "shut")]),
    ("}} {{c1::std::vector}}", [("}} ____ (vector)", "std")]),
    ("{{C1::x}}{{c0::y}}", [("____y", "x")]),
)


@pytest.mark.parametrize(("text", "asked"), CLOZES)
def test_what_clozes_hide(text: str, asked: list[tuple[str, str]]) -> None:
    questions = read(note(CLOZE, text)).questions
    assert [(one.stem, " ".join(map(str, one.accepted))) for one in questions] == asked


def test_a_cloze_that_cannot_be_typed_is_a_card() -> None:
    long = "a text that is much too long to be typed word by word"
    document = read(
        note(CLOZE, f"It is {{{{c1::{long}::what}}}}."),
        note(CLOZE, r"\(a = {{c1::b}}\)"),
        note(CLOZE, "See {{c1::<img src='a b.png'>}} there"),
        note(CLOZE, " ".join(f"{{{{c1::{n}}}}}" for n in "abcdef")),
        media=PICTURE,
    )
    kinds = [(one.kind, one.stem, one.back, one.image) for one in document.questions]
    assert kinds == [
        ("card", "It is [what].", long, None),
        ("card", "$a = […]$", "b", None),
        ("card", "See […] there", "", None),
        ("card", "[…] […] […] […] […] […]", "a\n\nb\n\nc\n\nd\n\ne\n\nf", None),
    ]
    assert document.questions[2].findings == (FindingCode.NEEDS_FIGURE, FindingCode.UNKEYED)


def test_a_cloze_note_that_hides_nothing_is_left_out() -> None:
    document = read(note(model("C", ("Text",), "{{cloze:Text}}", "{{cloze:Text}}", cloze=True), "Oslo"))
    assert document.questions == ()
    assert messages(document) == [(1, "broken", "“Oslo” was left out. It hides nothing: there is no {{c1::…}} in it.")]


LISTED = (
    ("Which?<ul><li>Lead</li><li>Cork</li></ul>", "Cork", ("Lead", "Cork"), (1,), ""),
    (
        "Which?<br>A) Lead<br>B) Cork<br>C) Oak<br>(Choose two)",
        "B, C<br>It is.",
        ("Lead", "Cork", "Oak"),
        (1, 2),
        "It is.",
    ),
    ("Which?<br>- [ ] Lead<br>- [ ] Cork", "- [x] Cork", ("Lead", "Cork"), (1,), ""),
    ("Which?<br>A. Lead<br>B. Cork<br>C.<br>D.", "<b>Correct Answer:</b><br>Lead", ("Lead", "Cork"), (0,), ""),
    ("Which?<br>(a) Lead<br>(b) Cork", "Answer: B) Cork", ("Lead", "Cork"), (1,), ""),
)


@pytest.mark.parametrize(("front", "back", "choices", "key", "explanation"), LISTED)
def test_a_card_that_lists_its_choices(
    front: str, back: str, choices: tuple[str, ...], key: tuple[int, ...], explanation: str
) -> None:
    question = only(front, back)
    assert (question.kind, question.choices, question.key) == ("choice", choices, key)
    assert (question.stem.startswith("Which?"), question.back, question.explanation) == (True, "", explanation)
    assert question.findings == ()


NO_CHOICES = (
    ("Which?<br>- Lead<br>- Cork", "Oak"),
    ("Which?<br>- Lead<br>- Cork", "B"),
    ("Which?<br>A. Lead<br>B. Cork", "C"),
    ("Which?<br>A. Lead<br>B. Cork", "Cork<br>Or rather:<br>Lead"),
    ("Which?<br>A. Lead<br>C. Cork", "Cork"),
    ("- Lead<br>- Cork", "Cork"),
    ("Which?<br>- Cork<br>- Cork", "Cork"),
    ("Which?<br>A. Lead", "A"),
)


@pytest.mark.parametrize(("front", "back"), NO_CHOICES)
def test_a_card_whose_back_names_no_choice_stays_a_card(front: str, back: str) -> None:
    question = only(front, back)
    assert (question.kind, bool(question.back)) == ("card", True)


def test_multiple_choice_of_the_add_on() -> None:
    document = read(
        note(KPRIM, "Which float?", "Woods", "1", "<b>Cork</b>", "Lead", "Oak", "", "", "1 0 1", "A book"),
        note(KPRIM, "Which floats?", "", "2", "Cork", "Lead", "", "", "", "1 0"),
        note(KPRIM, "True?", "", "0", "Cork floats.", "Lead floats.", "", "", "", "1 0"),
    )
    several, single, statements = document.questions
    assert (several.stem, several.choices, several.key) == (
        "Woods\n\nWhich float?",
        ("**Cork**", "Lead", "Oak"),
        (0, 2),
    )
    assert (several.select, several.explanation, several.findings) == ("all", "A book", ())
    assert (single.key, single.select, single.findings) == ((0,), 1, ())
    assert (statements.key, statements.select, statements.findings) == ((0,), "all", (FindingCode.SIMPLIFIED,))


@pytest.mark.parametrize("answers", ["1", "1 0 0", "yes no", "1 2"])
def test_a_key_of_the_add_on_that_does_not_fit_is_doubted(answers: str) -> None:
    question = only("Which?", "", "2", "Cork", "Lead", "", "", "", answers, of=KPRIM)
    assert (question.key, question.findings[:1]) == ((), (FindingCode.KEY_NOT_A_CHOICE,))


def test_more_right_choices_than_the_add_on_allows_are_doubted() -> None:
    assert FindingCode.SELECT_MISMATCH in only("Which?", "", "2", "a", "b", "", "", "", "1 1", of=KPRIM).findings


def test_choices_with_pictures() -> None:
    pictured = ("<img src='a b.png'>", "<img src='a b.png' alt=box> or this", "c", "", "")
    question = only("Which?", "", "2", *pictured, "1 0 0", of=KPRIM, media=PICTURE)
    assert question.choices == ("Picture 1", "or this", "c")
    assert [picture and picture.alone for picture in question.choice_pictures or ()] == [True, False, None]


def test_fields_that_are_choices() -> None:
    floats = "Which <i>floats</i>?<img src='a b.png' alt='A box'>"
    document = read(
        note(MCQ, floats, "Lead", "Cork", "Iron", "B", "Its density.", tags=["t"]),
        note(MCQ, "Which sinks?", "Lead", "Cork", "Oak", "Lead"),
        note(MCQ, "Which burns?", "Lead", "Cork", "Iron", "Paper"),
        media=PICTURE,
    )
    first, second, doubtful = document.questions
    assert (first.stem, first.choices, first.key) == ("Which *floats*?", ("Lead", "Cork", "Iron"), (1,))
    assert (first.explanation, first.tags, first.image_alt) == ("Its density.", ("t",), "A box")
    assert (first.findings, second.key, second.findings) == ((), (0,), ())
    assert (doubtful.key, FindingCode.KEY_NOT_A_CHOICE in doubtful.findings) == ((), True)


def test_a_picture_with_hidden_parts_is_kept() -> None:
    fields = ("Occlusion", "Image", "Header", "Back Extra", "Comments")
    of = model("Image Occlusion", fields, "{{cloze:Occlusion}}{{Image}}", "{{Header}}", cloze=True)
    told = ("{{c1::image-occlusion:rect:left=.1}}", '<img src="a b.png">', "Parts of a box")
    question = only(*told, of=of, media=PICTURE)
    assert (question.kind, question.stem, question.image is not None) == ("image-occlusion", "Parts of a box", True)
    assert FindingCode.KIND_NOT_ASKED in question.findings
    assert json.loads(question.kept)["anki"]["Header"] == "Parts of a box"


def test_notes_that_have_lost_their_cards_are_read() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(collection({"D": [note(REVERSED, "a", "b")]}))
        connection.execute("DELETE FROM cards")
        connection.commit()
        data = connection.serialize()
    document = parse(packed({"collection.anki2": data}))
    assert [(one.stem, one.section) for one in document.questions] == [("a", None), ("b", None)]


@pytest.mark.parametrize(
    ("choices", "back"), [("A. Cork<br>B. A", "A"), ("A. Tin<br>B. Oak<br>C. B", "B"), ("A. Tin<br>B. Oak", "b) Tin")]
)
def test_a_letter_of_one_choice_with_the_text_of_another_is_no_key(choices: str, back: str) -> None:
    (question,) = read(note(BASIC, f"Which is it?<br>{choices}", back)).questions
    assert (question.kind, question.back) == ("card", back)
