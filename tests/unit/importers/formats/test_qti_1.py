"""QTI 1.2: what its items become, and that its scoring is run, not guessed."""

from pathlib import Path

import pytest

from bot.domain.accepted import AcceptedNumber
from bot.domain.drafts import FindingCode
from bot.importers import parse
from tests.unit.importers.formats.qti_files import (
    equal,
    feedback,
    lid,
    old,
    only,
    read,
    scoring,
    text,
    told,
    typed,
    when,
)

EXAMPLES = Path(__file__).parents[5] / "shared" / "examples"
TREES = {"a": "Oak", "b": "Cork", "c": "Pine"}


def negated(value: str) -> str:
    return f"<not>{equal(value)}</not>"


def test_one_right_choice() -> None:
    question = only(old("<p>Which <b>floats</b>?</p>", lid("r", TREES), scoring(when(equal("b"))), ident="i9f01c"))
    assert (question.kind, question.stem, question.choices) == ("choice", "Which **floats**?", ("Oak", "Cork", "Pine"))
    assert (question.key, question.select, question.findings, question.source_id) == ((1,), 1, (), "i9f01c")


@pytest.mark.parametrize(
    ("conditions", "key"),
    [
        ([when(equal("a"), "0", "Add"), when(equal("b"), "10", "Set"), when(equal("c"), "0", "Add")], (1,)),
        ([when(equal("b"), "SCORE.max"), when("<other/>", "0")], (1,)),
        ([when(f"<or>{equal('b')}</or>"), when(equal("a"), "-5")], (1,)),
        ([when(negated("a") + negated("c"))], (1,)),
        ([when("<other/>", "3", goes_on="Yes"), when(equal("c"), "9")], (2,)),
        (
            [when("<other/>", "", shows="seen", goes_on="Yes"), when(equal("a"), goes_on="No"), when("<other/>", "0")],
            (0,),
        ),
        ([when(equal("a"), "", shows="Correct")], (0,)),  # as Blackboard has it where points are told elsewhere
        ([when("<other/>", "1")], ()),
        ([], ()),
    ],
)
def test_the_right_choice_is_the_one_that_earns_most(conditions: list[str], key: tuple[int, ...]) -> None:
    assert only(old("Which?", lid("r", TREES), scoring(*conditions))).key == key


@pytest.mark.parametrize(
    "conditions",
    [
        [when(f"<and>{equal('a')}{negated('b')}{equal('c')}</and>")],
        [when(equal("a") + equal("c"))],
        [when(equal("a"), "50", "Add"), when(equal("b"), "-50", "Add"), when(equal("c"), "50", "Add")],
        [when(equal("a"), "1", "Add"), when(negated("b"), "1", "Add"), when(equal("c"), "1", "Add")],
        [when("<varsubset respident='r'>a,c</varsubset>"), when(equal("b"), "0")],
    ],
)
def test_several_right_choices(conditions: list[str]) -> None:
    question = only(old("Which?", lid("r", TREES, many=True), scoring(*conditions)))
    assert (question.key, question.select) == ((0, 2), 2)


def test_weights_are_told() -> None:
    document = read(old("Which?", lid("r", TREES), scoring(when(equal("a"), "100"), when(equal("b"), "50"))))
    assert document.questions[0].key == (0,)
    assert [code for code, _text in told(document)] == ["simplified"]
    assert "“Cork” (50 %)" in told(document)[0][1]


def test_rules_that_cannot_be_run_give_no_key() -> None:
    document = read(old("Which?", lid("r", TREES), scoring(when(f"<durequal>{equal('a')}</durequal>"))))
    assert (document.questions[0].key, document.questions[0].findings) == ((), (FindingCode.UNKEYED,))


def test_identifiers_are_compared_letter_by_letter() -> None:
    labels = {"1": "one", "01": "two", "1.0": "three", "A": "four", "a": "five"}
    for at, ident in enumerate(labels):
        assert only(old("Which?", lid("r", labels), scoring(when(equal(ident))))).key == (at,)


def test_a_statement_and_its_feedback() -> None:
    labels = {"t": "True", "f": "False"}
    conditions = [
        when("<other/>", "", shows="all", goes_on="Yes"),
        when(equal("t"), "", shows="of_t", goes_on="Yes"),
        when(equal("f"), shows="right", goes_on="No"),
    ]
    texts = [feedback("all", "Lead sinks."), feedback("of_t", "No."), feedback("right", "Yes.")]
    question = only(old("Lead floats.", lid("r", labels), scoring(*conditions), *texts))
    assert (question.kind, question.key, question.explanation) == ("true_false", (1,), "Lead sinks.")
    assert question.choice_explanations == ("No.", "Yes.")


def test_a_solution_is_the_explanation_and_a_hint_is_told() -> None:
    material = f"<solutionmaterial>{text('Cork.')}</solutionmaterial>"
    solution = f"<itemfeedback ident='s'><solution>{material}</solution></itemfeedback>"
    hint = f"<itemfeedback ident='h'><hint><hintmaterial>{text('Bark')}</hintmaterial></hint></itemfeedback>"
    document = read(old("Which?", lid("r", TREES), scoring(when(equal("b"))), solution, hint))
    assert document.questions[0].explanation == "Cork."
    assert told(document) == [("simplified", "Its hints for another try aren't kept.")]


@pytest.mark.parametrize(
    ("conditions", "accepted", "exact"),
    [
        ([when(equal("Cork") + equal("cork oak"))], ("Cork", "cork oak"), False),
        ([when(equal("Cork", case="Yes"))], ("Cork",), True),
        ([when(equal("Cork")), when(equal("bark"), "50")], ("Cork",), False),
        ([when(equal("SELECT *"))], ("SELECT *",), False),
    ],
)
def test_typed_texts(conditions: list[str], accepted: tuple[str, ...], exact: bool) -> None:
    question = only(old("What floats?", typed(), scoring(*conditions)))
    assert (question.kind, question.stem, question.accepted, question.exact) == (
        "short",
        "What floats?",
        accepted,
        exact,
    )


def limits(low: str, high: str, above: str = "vargte", below: str = "varlte") -> str:
    return f"<{above} respident='r'>{low}</{above}><{below} respident='r'>{high}</{below}>"


@pytest.mark.parametrize(
    ("inside", "shown", "codes"),
    [
        (equal("42.0"), ["42"], []),
        (f"<or>{equal('42')}<and>{limits('41.5', '42.5')}</and></or>", ["42 ± 0.5"], []),
        (limits("1", "2"), ["1 to 2"], []),
        (f"<or>{equal('7')}<and>{limits('1', '2')}</and></or>", ["1 to 2", "7"], []),
        (f"<or>{equal('1000')}<and>{limits('999.5', '1000.5', 'vargt')}</and></or>", ["1000 ± 0.5"], ["simplified"]),
        ("<vargte respident='r'>3</vargte>", [], ["kind_not_asked"]),
    ],
)
def test_typed_numbers(inside: str, shown: list[str], codes: list[str]) -> None:
    document = read(old("How many?", typed(kind="Decimal"), scoring(when(inside))))
    assert [str(one) for one in document.questions[0].accepted] == shown
    assert [code for code, _text in told(document)] == codes
    assert all(isinstance(one, AcceptedNumber) for one in document.questions[0].accepted)


def test_gaps_between_materials() -> None:
    flow = f"<flow>{text('Cork comes from the')}{typed('x')}{text('of an')}{typed('y')}</flow>"
    points = scoring(when(equal("bark", "x") + equal("oak", "y")))
    xml = f"<item ident='i'><presentation>{flow}</presentation>{points}</item>"
    question = only(xml)
    assert (question.kind, question.stem) == ("blanks", "Cork comes from the ____ of an ____")
    assert [(one.blank, one.text) for one in question.accepted] == [(0, "bark"), (1, "oak")]


@pytest.mark.parametrize(("gaps", "kind"), [(1, "blanks"), (2, "gaps")])
def test_a_text_where_its_gap_should_be(gaps: int, kind: str) -> None:
    """Several gaps in one response can't be told apart."""
    inside = text("Cork is") + f"<response_label ident='a'/>{text('bark.')}" * gaps
    asked = f"<presentation><response_str ident='r'><render_fib>{inside}</render_fib></response_str></presentation>"
    question = only(f"<item>{asked}{scoring(when(equal('oak')))}</item>")
    assert (question.kind, question.stem.startswith("Cork is")) == (kind, True)


def test_gaps_that_depend_on_each_other_are_not_asked() -> None:
    ways = [equal("oak", "x") + equal("elm", "y"), equal("elm", "x") + equal("oak", "y")]
    either = "<or>" + "".join(f"<and>{way}</and>" for way in ways) + "</or>"
    document = read(old("Two trees:", typed("x"), typed("y"), scoring(when(either))))
    assert told(document) == [
        (
            "kind_not_asked",
            (
                "What is right in one of its gaps depends on what is in another. "
                "So it can't be asked: it is only kept, and exported unchanged."
            ),
        )
    ]


def test_blanks_and_lists_of_canvas() -> None:
    lists = [lid("response_b", {"1": "bark", "2": "the bark"}, "b"), lid("response_t", {"3": "oak", "4": "elm"}, "t")]
    points = scoring(when(equal("1", "response_b"), "50", "Add"), when(equal("3", "response_t"), "50", "Add"))
    stem = "Cork is the [b] of an [t]. [sic]"
    question = only(old(stem, *lists, points, type_="fill_in_multiple_blanks_question"))
    assert (question.kind, question.stem) == ("blanks", "Cork is the ____ of an ____. [sic]")
    assert [(one.blank, one.text) for one in question.accepted] == [
        (0, "bark"),
        (0, "the bark"),
        (1, "oak"),
        (1, "elm"),
    ]
    question = only(old("A [t] has [b].", *lists, points, type_="multiple_dropdowns_question"))
    assert (question.kind, question.stem) == ("match", "A ____ (1) has ____ (2).")
    assert question.choices == ("Gap 1", "Gap 2", "oak", "bark", "elm", "the bark")
    assert question.key == (2, 3)
    question = only(old("It is [t].", lists[1], scoring(when(equal("3", "response_t")))))
    assert (question.kind, question.stem, question.choices, question.key) == (
        "choice",
        "It is ____.",
        ("oak", "elm"),
        (0,),
    )


def test_a_pattern_among_the_blanks_of_canvas_is_no_text_to_type() -> None:
    lists = [lid("response_b", {"1": "bark"}, "bark"), lid("response_t", {"3": "^oaks?$"}, "^oaks?$")]
    typed_in = "<response_label answer_type='openEntry' scoring_algorithm='{}'"
    both = [
        one.replace("<response_label", typed_in.format(way))
        for one, way in zip(lists, ["TextEquivalence", "TextRegex"], strict=True)
    ]
    points = scoring(when(equal("1", "response_b"), "50", "Add"), when(equal("3", "response_t"), "50", "Add"))
    question = only(old("Cork is the [b] of an [t].", *both, points, type_="fill_in_multiple_blanks_question"))
    assert (question.accepted, question.findings) == ((), (FindingCode.KIND_NOT_ASKED,))


def test_sides_to_match() -> None:
    rights = {"1": "bark", "2": "needles", "3": "fins"}
    points = scoring(when(equal("1", "x"), "50", "Add"), when(equal("2", "y"), "50", "Add"))
    question = only(old("Match.", lid("x", rights, "Cork oak"), lid("y", rights, "Pine"), points))
    assert (question.kind, question.choices) == ("match", ("Cork oak", "Pine", "bark", "needles", "fins"))
    assert (question.key, question.findings) == ((2, 3), ())


def test_sides_to_match_as_blackboard_writes_them() -> None:
    def left(words: str, ident: str) -> str:
        labels = "".join(f"<response_label ident='{ident}{at}'/>" for at in (1, 2))
        return (
            f"<flow class='Block'><flow>{text(words)}</flow><response_lid ident='{ident}' rcardinality='Single'>"
            f"<render_choice><flow_label>{labels}</flow_label></render_choice></response_lid></flow>"
        )

    rights = f"<flow class='RIGHT_MATCH_BLOCK'><flow>{text('needles')}</flow><flow>{text('bark')}</flow></flow>"
    inside = f"<flow>{text('Match.')}</flow><flow>{left('Cork oak', 'x')}{left('Pine', 'y')}</flow>{rights}"
    conditions = [when(equal("x2", "x"), "", shows="correct"), when(equal("y1", "y"), "", shows="correct")]
    question = only(f"<item><presentation><flow>{inside}</flow></presentation>{scoring(*conditions)}</item>")
    assert (question.kind, question.stem, question.choices) == (
        "match",
        "Match.",
        ("Cork oak", "Pine", "bark", "needles"),
    )
    assert question.key == (2, 3)


def test_pairs_in_one_list_as_ilias_writes_them() -> None:
    labels = "".join(
        f"<response_label ident='{ident}'{group}>{text(words)}</response_label>"
        for ident, words, group in [
            ("1", "Cork oak", " match_group='3,4'"),
            ("2", "Pine", " match_group='3,4'"),
            ("3", "needles", ""),
            ("4", "bark", ""),
        ]
    )
    grouped = f"<response_grp ident='m' rcardinality='Multiple'><render_choice>{labels}</render_choice></response_grp>"
    pairs = [when(f"<varsubset respident='m'>{pair}</varsubset>", "1", "Add") for pair in ("1,4", "2,3")]
    question = only(old("Match.", grouped, scoring(*pairs)))
    assert (question.kind, question.choices) == ("match", ("Cork oak", "Pine", "bark", "needles"))
    assert question.key == (2, 3)


def test_items_in_order() -> None:
    ordered = lid("r", TREES).replace("Single", "Ordered")
    question = only(old("Sort.", ordered, scoring(when(equal("c") + equal("a") + equal("b")))))
    assert (question.kind, question.choices, question.key) == ("order", ("Pine", "Oak", "Cork"), (0, 1, 2))
    two = scoring(when(equal("c") + equal("a") + equal("b")), when(equal("a") + equal("b") + equal("c")))
    assert only(old("Sort.", ordered, two)).findings == (FindingCode.KIND_NOT_ASKED,)


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (old("Why?", typed(), type_="essay_question"), "essay"),
        (old("Why?", typed()), "essay"),
        (old("Why?", type_="file_upload_question"), "file-upload"),
        (old("Where?", "<response_xy ident='r'><render_hotspot/></response_xy>"), "hotspot"),
        (old("How many?", typed(kind="Decimal"), scoring(when("<other/>")), type_="calculated_question"), "calculated"),
        (
            old("Sort.", lid("x", TREES, "a", many=True), lid("y", TREES, "b", many=True), type_="matching_question"),
            "matching",
        ),
    ],
)
def test_other_kinds_are_kept(xml: str, kind: str) -> None:
    question = only(xml)
    assert (question.kind, question.findings) == (kind, (FindingCode.KIND_NOT_ASKED,))
    assert '"<item' in question.kept


def test_texts_and_sections_around_items() -> None:
    about = f"<presentation_material><flow_mat>{text('Read this.')}</flow_mat></presentation_material>"
    section = f"<section title='Floating'>{about}{old('Which?', lid('r', TREES), scoring(when(equal('b'))))}</section>"
    document = read(section, old("Just a text.", type_="text_only_question"))
    assert (document.title, document.questions[0].topic) == ("Trees", "Floating")
    assert [note.text for note in document.notes] == ["Read this.", "Just a text."]


@pytest.mark.parametrize(("type_", "is_html"), [("text/plain", False), ("text/html", True), ("", True)])
def test_html_is_read_even_where_the_file_forgets_to_say_that_it_is(type_: str, is_html: bool) -> None:
    asked = f"<presentation>{text('Is <b>it</b> bold?', type_)}{typed()}</presentation>"
    question = only(f"<item>{asked}{scoring(when(equal('yes')))}</item>")
    assert ("**it**" in question.stem) == is_html


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the real files aren't here")
def test_what_canvas_exports() -> None:
    document = parse((EXAMPLES / "qti12-canvas.xml").read_bytes())
    kinds = ["choice", "true_false", "short", "blanks", "choice", "choice", "matching", "number", "calculated", "essay"]
    assert (document.format, [question.kind for question in document.questions]) == ("qti", kinds)
    assert [question.key for question in document.questions[:2]] == [(0,), (0,)]
    assert [*map(str, document.questions[2].accepted)] == ["Blank", "blank"]
    assert document.questions[4].key == (0, 1, 2)
    assert [*map(str, document.questions[7].accepted)] == ["0", "42 ± 0.5"]
