"""QTI 2 and 3: what their items become; version 3 has other names for the same."""

from pathlib import Path

import pytest

from bot.domain.drafts import FindingCode
from bot.importers import parse
from tests.unit.importers.formats.qti_files import MAP, choices, item, new, response, told

EXAMPLES = Path(__file__).parents[5] / "shared" / "examples"
TREES = {"a": "Oak", "b": "Cork", "c": "Pine"}


def points(inside: str, otherwise: str = "0") -> str:
    """Rules that give a point if something holds."""
    given = "<setOutcomeValue identifier='SCORE'><baseValue baseType='float'>{}</baseValue></setOutcomeValue>"
    return (
        f"<responseProcessing><responseCondition><responseIf>{inside}{given.format(1)}</responseIf>"
        f"<responseElse>{given.format(otherwise)}</responseElse></responseCondition></responseProcessing>"
    )


def is_(value: str, base: str = "identifier", ident: str = "RESPONSE") -> str:
    return f"<match><variable identifier='{ident}'/><baseValue baseType='{base}'>{value}</baseValue></match>"


ASKED = choices(TREES, prompt="Which <strong>floats</strong>?")


@pytest.mark.parametrize(
    ("declared", "rules", "key"),
    [
        (response("b"), "", (1,)),
        (
            response("b"),
            points("<match><variable identifier='RESPONSE'/><correct identifier='RESPONSE'/></match>"),
            (1,),
        ),
        (response(mapped={"b": 1, "c": 0.5}), MAP, (1,)),
        (response(), points(is_("c")), (2,)),
        (response(), points(f"<or>{is_('c')}<isNull><variable identifier='RESPONSE'/></isNull></or>"), (2,)),
        (response(), "", ()),
    ],
)
def test_the_right_choice(declared: str, rules: str, key: tuple[int, ...]) -> None:
    question = item(new(ASKED, declared, rules=rules))
    assert (question.kind, question.stem, question.choices) == ("choice", "Which **floats**?", ("Oak", "Cork", "Pine"))
    assert (question.key, question.source_id, question.section) == (key, "oak-and-cork", None)


@pytest.mark.parametrize(
    ("declared", "rules"),
    [
        (response("a", "c", many="multiple"), ""),
        (response("a", "c", many="multiple", mapped={"a": 1, "b": -1, "c": 1}), MAP),
        (response(many="multiple", mapped={"a": 1, "b": -1, "c": 1}), MAP),
    ],
)
def test_several_right_choices(declared: str, rules: str) -> None:
    question = item(new(ASKED, declared, rules=rules or points("<null/>")))
    assert (question.key, question.select) == ((0, 2), 2)


@pytest.mark.parametrize(
    ("declared", "rules", "code", "said"),
    [
        (response("b"), points(is_("c")), "key_not_a_choice", "gives most points for another"),
        (response("d"), "", "key_not_a_choice", "names “d” as right"),
        (
            response("b"),
            points("<customOperator/>"),
            "simplified",
            "the response that the source names as correct was taken",
        ),
        (response(), points("<customOperator/>"), "unkeyed", "so it has no key"),
        (response("b"), "<responseProcessing template='http://example.org/own'/>", "simplified", "was taken"),
    ],
)
def test_a_key_that_is_not_sure_is_told(declared: str, rules: str, code: str, said: str) -> None:
    document = parse(new(ASKED, declared, rules=rules).encode())
    assert any(code == found and said in message for found, message in told(document))


def test_version_3_is_read_like_version_2() -> None:
    xml = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="cork" title="Cork">
      <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
        <qti-correct-response><qti-value>b</qti-value></qti-correct-response></qti-response-declaration>
      <qti-item-body><qti-choice-interaction response-identifier="RESPONSE" max-choices="1">
        <qti-prompt>Which floats?</qti-prompt>
        <qti-simple-choice identifier="a">Lead
          <qti-feedback-inline outcome-identifier="F" identifier="a">It is heavy.</qti-feedback-inline>
        </qti-simple-choice>
        <qti-simple-choice identifier="b">Cork</qti-simple-choice>
      </qti-choice-interaction></qti-item-body>
      <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
    </qti-assessment-item>"""
    question = item(xml)
    assert (question.stem, question.choices, question.key) == ("Which floats?", ("Lead", "Cork"), (1,))
    assert (question.choice_explanations, question.section, question.findings) == (("It is heavy.", ""), "Cork", ())


def test_feedback_is_told_to_whom_the_rules_show_it() -> None:
    rules = (
        "<responseProcessing><responseCondition><responseIf>" + is_("t")
        + "<setOutcomeValue identifier='SCORE'><baseValue baseType='float'>1</baseValue></setOutcomeValue>"
        "</responseIf></responseCondition>"
        "<setOutcomeValue identifier='F'><variable identifier='RESPONSE'/></setOutcomeValue></responseProcessing>"
    )  # fmt: skip
    more = (
        "<modalFeedback outcomeIdentifier='F' identifier='f' showHide='show'>Cork floats.</modalFeedback>"
        "<modalFeedback outcomeIdentifier='F' identifier='none' showHide='hide'>Try it.</modalFeedback>"
    )
    asked = choices({"t": "True", "f": "False"}, prompt="Cork floats.")
    question = item(new(asked, response("t"), rules=rules, more=more))
    assert (question.kind, question.key, question.explanation) == ("true_false", (0,), "Try it.")
    assert question.choice_explanations == ("", "Cork floats.")


GIVEN = "<variable identifier='RESPONSE'/>"
CORRECT = "<correct identifier='RESPONSE'/>"
EIGHT = "<baseValue baseType='float'>8</baseValue>"
TYPED = "<p>Cork is the bark of an <textEntryInteraction responseIdentifier='RESPONSE'/>.</p>"


def test_typed_texts() -> None:
    mapped = response("oak", base="string", mapped={"oak": 1, "cork oak": 1, "elm": 0.5})
    document = parse(new(TYPED, mapped, rules=MAP).encode())
    (question,) = document.questions
    assert (question.kind, question.stem, question.exact) == ("blanks", "Cork is the bark of an ____.", True)
    assert [*map(str, question.accepted)] == ["oak", "cork oak"]
    assert [code for code, _text in told(document)] == ["simplified"]
    alone = "<p>What is it?</p><textEntryInteraction responseIdentifier='RESPONSE'/>"
    rules = points(f"<stringMatch caseSensitive='false'>{GIVEN}{CORRECT}</stringMatch>")
    question = item(new(alone, response("Cork", base="string"), rules=rules))
    assert (question.kind, question.stem, question.accepted, question.exact) == (
        "short",
        "What is it?",
        ("Cork",),
        False,
    )


@pytest.mark.parametrize(
    ("rules", "shown"),
    [
        ("", "8"),
        (points(f"<equal toleranceMode='absolute' tolerance='0.5 0.5'>{CORRECT}{GIVEN}</equal>"), "8 ± 0.5"),
        (points(f"<equal toleranceMode='relative' tolerance='25'>{CORRECT}{GIVEN}</equal>"), "8 ± 2"),
        (points(f"<and><gte>{GIVEN}{EIGHT}</gte><lte>{GIVEN}{EIGHT.replace('8', '9')}</lte></and>"), "8 to 9"),
    ],
)
def test_typed_numbers(rules: str, shown: str) -> None:
    question = item(new(TYPED, response("8", base="float"), rules=rules or points(is_("8", "float"))))
    assert (question.kind, [*map(str, question.accepted)], question.findings) == ("number", [shown], ())


def test_gaps_in_any_order_are_not_asked() -> None:
    body = "".join(f"<p>A tree: <textEntryInteraction responseIdentifier='R{at}'/></p>" for at in (1, 2))
    declared = [response(tree, ident=f"R{at}", base="string") for at, tree in ((1, "oak"), (2, "elm"))]
    given, correct = ("".join(one.replace("RESPONSE", f"R{at}") for at in (1, 2)) for one in (GIVEN, CORRECT))
    member = f"<match><multiple>{given}</multiple><multiple>{correct}</multiple></match>"
    question = item(new(body, *declared, rules=points(member)))
    assert question.findings == (FindingCode.KIND_NOT_ASKED,)
    each = f"<and>{is_('oak', 'string', 'R1')}{is_('elm', 'string', 'R2')}</and>"
    question = item(new(body, *declared, rules=points(each)))
    assert (question.kind, [*map(str, question.accepted)]) == ("blanks", ["oak", "elm"])


def test_lists_in_the_text() -> None:
    inline = choices(TREES, "inlineChoice", "inlineChoice")
    question = item(new(f"<p>A {inline} floats.</p>", response("b")))
    assert (question.kind, question.stem, question.key) == ("choice", "A ____ floats.", (1,))
    second = inline.replace("RESPONSE", "R2")
    body = f"<p>A {inline} floats, and a {second} has needles.</p>"
    question = item(new(body, response("b"), response("c", ident="R2"), rules=""))
    assert (question.kind, question.stem) == ("match", "A ____ (1) floats, and a ____ (2) has needles.")
    assert (question.choices, question.key) == (("Gap 1", "Gap 2", "Cork", "Pine", "Oak"), (2, 3))


def test_items_in_order() -> None:
    asked = choices(TREES, "order", prompt="Sort.")
    question = item(new(asked, response("c", "a", "b", many="ordered")))
    assert (question.kind, question.choices) == ("order", ("Pine", "Oak", "Cork"))
    assert item(new(asked, response("c", "a", many="ordered"))).kind == "qti-order"


def sides(*sets: dict[str, str]) -> str:
    side = "<simpleAssociableChoice identifier='{}' matchMax='1'>{}</simpleAssociableChoice>"
    shown = ["".join(side.format(ident, text) for ident, text in one.items()) for one in sets]
    if len(sets) == 1:
        listed = f"<prompt>Pair.</prompt>{shown[0]}"
        return f"<associateInteraction responseIdentifier='RESPONSE'>{listed}</associateInteraction>"
    inside = "".join(f"<simpleMatchSet>{one}</simpleMatchSet>" for one in shown)
    return f"<matchInteraction responseIdentifier='RESPONSE'><prompt>Match.</prompt>{inside}</matchInteraction>"


@pytest.mark.parametrize("pairs", [("o bark", "p needles"), ("o bark", "p bark")])
def test_sides_to_match(pairs: tuple[str, ...]) -> None:
    asked = sides({"o": "Oak", "p": "Pine"}, {"bark": "Bark", "needles": "Needles"})
    question = item(new(asked, response(*pairs, base="directedPair", many="multiple")))
    assert (question.kind, question.choices[:2]) == ("match", ("Oak", "Pine"))
    rights = [question.choices[position] for position in question.key]
    assert rights == [pair.split()[1].title() for pair in pairs]


def test_a_left_side_with_two_right_ones_is_turned_round() -> None:
    asked = sides({"o": "Oak", "p": "Pine"}, {"x": "Bark", "y": "Acorns"})
    question = item(new(asked, response("o x", "o y", base="directedPair", many="multiple")))
    assert (question.choices, question.key) == (("Bark", "Acorns", "Oak", "Pine"), (2, 2))


def test_pairs_of_one_list() -> None:
    asked = sides({"o": "Oak", "p": "Pine", "a": "Acorn", "c": "Cone"})
    document = parse(new(asked, response("a o", "c p", base="pair", many="multiple")).encode())
    (question,) = document.questions
    assert (question.kind, question.choices, question.key) == ("match", ("Acorn", "Cone", "Oak", "Pine"), (2, 3))
    assert [code for code, _text in told(document)] == ["simplified"]


def test_gaps_to_fill_from_a_list() -> None:
    words = "".join(f"<gapText identifier='{ident}' matchMax='1'>{text}</gapText>" for ident, text in TREES.items())
    asked = (
        "<gapMatchInteraction responseIdentifier='RESPONSE'><prompt>Fill in.</prompt>" + words
        + "<p>A <gap identifier='G1'/> floats, a <gap identifier='G2'/> has needles.</p></gapMatchInteraction>"
    )  # fmt: skip
    question = item(new(asked, response("c G2", "b G1", base="directedPair", many="multiple")))
    assert (question.kind, question.choices) == ("match", ("Gap 1", "Gap 2", "Cork", "Pine", "Oak"))
    assert question.stem == "Fill in.\n\nA ____ (1) floats, a ____ (2) has needles."
    assert question.key == (2, 3)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            "<extendedTextInteraction responseIdentifier='RESPONSE'><prompt>Why?</prompt></extendedTextInteraction>",
            "essay",
        ),
        ("<p>Send it.</p><uploadInteraction responseIdentifier='RESPONSE'/>", "file-upload"),
        ("<p>Where?</p><hotspotInteraction responseIdentifier='RESPONSE'/>", "hotspot"),
        ("<p>How many?</p><sliderInteraction responseIdentifier='RESPONSE'/>", "slider"),
        (ASKED + TYPED, "composite"),
    ],
)
def test_other_interactions_are_kept(body: str, kind: str) -> None:
    question = item(new(body, response("b")))
    assert (question.kind, question.findings) == (kind, (FindingCode.KIND_NOT_ASKED,))
    assert "<assessmentItem" in question.kept


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (new(f"<p>What is <printedVariable identifier='X'/>?</p>{ASKED}", response("b")), "It is a template"),
        (new(ASKED, response("b"), more="<templateProcessing/>"), "It is a template"),
        (new(ASKED, response("b")).replace("adaptive='false'", "adaptive='true'"), "It is adaptive"),
    ],
)
def test_what_is_different_each_time_is_kept(xml: str, said: str) -> None:
    ((code, message),) = told(parse(xml.encode()))
    assert (code, said in message) == ("kind_not_asked", True)


def test_a_text_that_stands_elsewhere_is_missed() -> None:
    question = item(new(ASKED, response("b"), more="<assessmentStimulusRef identifier='s' href='tale.xml'/>"))
    assert question.findings == (FindingCode.NEEDS_FIGURE,)


@pytest.mark.parametrize(
    ("mathml", "shown"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup>", "${x}^{2}$"),
        ("<mfrac><mn>1</mn><msqrt><mi>x</mi></msqrt></mfrac>", r"$\frac{1}{\sqrt{x}}$"),
        (
            "<mi>sin</mi><mfenced><mi>x</mi></mfenced><mo>&#8722;</mo><mtext>a b</mtext>",
            r"$\sin (x)-\text{a b}$",
        ),
        ("<msubsup><mo>&#8721;</mo><mn>1</mn><mi>n</mi></msubsup>", r"${\sum }_{1}^{n}$"),
    ],
)
def test_formulas(mathml: str, shown: str) -> None:
    body = f"<p>It is <m:math xmlns:m='http://www.w3.org/1998/Math/MathML'>{mathml}</m:math>?</p>{choices(TREES)}"
    assert item(new(body, response("b"))).stem == f"It is {shown}?"


def test_a_formula_that_cannot_be_read_is_missed() -> None:
    body = f"<p>It is <math><mlongdiv><mn>2</mn></mlongdiv></math>?</p>{choices(TREES)}"
    assert FindingCode.NEEDS_FIGURE in item(new(body, response("b"))).findings


def test_code_and_rubrics_in_a_text() -> None:
    rubrics = [f"<rubricBlock view='{view}'><p>{view}</p></rubricBlock>" for view in ("scorer", "author candidate")]
    body = f"{''.join(rubrics)}<pre>a = 1\nb = 2</pre>{ASKED}"
    assert item(new(body, response("b"))).stem == "author candidate\n\n```\na = 1\nb = 2\n```\n\nWhich **floats**?"


KINDS_OF_1EDTECH = """
    choice essay select-point match match choice qti-match match match choice choice file-upload qti-order qti-order
    composite essay text-entry text-entry short blanks true_false number
"""


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the real files aren't here")
@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("qti21-canvas.zip", ["true_false", "choice", "choice", "short", "essay"]),
        (
            "qti3-1edtech.zip",
            KINDS_OF_1EDTECH.split(),
        ),
    ],
)
def test_real_packages(name: str, kinds: list[str]) -> None:
    document = parse((EXAMPLES / name).read_bytes())
    assert (document.format, [question.kind for question in document.questions]) == ("qti", kinds)
    asked = [question for question in document.questions if FindingCode.KIND_NOT_ASKED not in question.findings]
    assert all(question.is_keyed for question in asked)
