"""Questions as people write them: read as they were meant, written again as they were, and every mistake named."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accepted import AcceptedNumber, NearMiss
from bot.domain.drafts import QuestionDraft
from bot.domain.identity import BankId, QuestionId
from bot.domain.kinds import KINDS
from bot.domain.lines import one_line, several_lines
from bot.domain.revisions import first_revision, rewritten
from bot.domain.writing import (
    KINDS_IN_WRITING,
    LONGEST,
    LONGEST_TOPIC,
    Miswritten,
    Part,
    Written,
    drafted,
    edited,
    written_of,
)
from bot.domain.writing.kinds.match import MOST_DISTRACTORS
from bot.domain.writing.kinds.order import MOST_ITEMS
from bot.domain.writing.record import LONGEST_NOTATION, LONGEST_TITLE
from bot.importers import parse
from bot.resources import resource
from bot.testing import blanks, card, draft, in_order, matching, number, short, statement

BANKS = ("machine-learning-on-aws.yaml", "machine-learning-facts.yaml", "machine-learning-in-order-and-pairs.yaml")


def question(draft_):
    return first_revision(draft_, question_id=QuestionId(7), bank_id=BankId(3))


def written(kind, asked, *answers, **more):
    return Written(kind=kind, question=asked, answers="\n".join(answers), **more)


def content(draft_):
    """All that a question says, whatever line it was read from."""
    made = question(draft_)
    return made.stem, made.kind, made.choices, made.key, made.select, made.explanation, made.topic


EXAMPLES = [
    (
        written("choice", "Where do objects live?", "Amazon EBS", "*Amazon S3", "> In buckets.", "\\*args"),
        QuestionDraft(
            line=0,
            stem="Where do objects live?",
            choices=("Amazon EBS", "Amazon S3", "*args"),
            key=(1,),
            choice_explanations=("", "In buckets.", ""),
        ),
    ),
    (
        written("choice", "Pick two.", "* a", "* b", "**c**"),
        draft("Pick two.", "a", "b", "**c**", key=(0, 1), select=2),
    ),
    (
        written("choice", "Select all that apply.", "* a", "b"),
        draft("Select all that apply.", "a", "b", key=(0,), select="all"),
    ),
    (written("true_false", "S3 stores objects.", "TRUE"), statement()),
    (written("true_false", "S3 stores objects.", "* false"), statement(true=False)),
    (
        written("number", "How heavy?", "3.5 ± 0.1 kg", "200 ± 5 %", "3..4"),
        number(
            "How heavy?",
            AcceptedNumber(value=Fraction(7, 2), tolerance=Fraction(1, 10)),
            AcceptedNumber(value=Fraction(200), tolerance=Fraction(1, 20), relative=True),
            AcceptedNumber.between(Fraction(3), Fraction(4)),
            unit="kg",
        ),
    ),
    (
        written("short", "Which service?", "AWS Lambda", "-v", ">=", "- Glue", "> That moves data.", ">", "> Slowly."),
        short(
            "Which service?",
            "AWS Lambda",
            "-v",
            ">=",
            near_misses=[NearMiss(text="Glue", hint="That moves data.\n\nSlowly.")],
        ),
    ),
    (written("short", "Which flag?", "= -V", "= --version"), short("Which flag?", "-V", "--version", exact=True)),
    (
        written("blanks", "___ lies on the ______.", "Paris", "Seine | river \\| Seine", "- Rhine", "> Cologne does."),
        blanks(
            "____ lies on the ____.",
            ["Paris"],
            ["Seine", "river | Seine"],
            near_misses=[NearMiss(text="Rhine", hint="Cologne does.", blank=1)],
        ),
    ),
    (
        written("order", "Smallest first.", "bit", "", "  byte", "- kilo"),
        in_order("Smallest first.", "bit", "byte", "- kilo"),
    ),
    (
        written("match", "What is what?", "H2O = water", "E\\=mc² = energy = mass", "NaCl=salt", "= sugar"),
        matching(
            "What is what?",
            ("H2O", "water"),
            ("E=mc²", "energy = mass"),
            ("NaCl", "salt"),
            distractors=["sugar"],
        ),
    ),
    (
        written("card", "SageMaker?", "Trains models.", "", "    and serves them", "+ a service", "+ ML"),
        card("SageMaker?", "Trains models.\n\n    and serves them", "a service", "ML"),
    ),
    (written("card", "C?", "\\+ and more"), card("C?", "+ and more")),
]


@pytest.mark.parametrize(("text", "meant"), EXAMPLES, ids=[f"{one.kind}-{n}" for n, (one, _) in enumerate(EXAMPLES)])
def test_a_question_is_read_as_it_is_meant_and_written_as_it_can_be_read(text, meant):
    assert content(drafted(text)) == content(meant)
    assert content(drafted(written_of(question(meant)))) == content(meant)


def test_all_fields_are_kept_and_what_cannot_be_seen_is_not():
    text = written(
        "true_false",
        "\n\n  A\u202e line \ud800\n\n\tcode\x00\t \n",
        "true",
        explanation=" Why.\n",
        topic=" S3 \n storage ",
    )
    assert drafted(text) == QuestionDraft(
        line=0,
        stem="A line\n\n    code",
        choices=("True", "False"),
        key=(0,),
        explanation="Why.",
        topic="S3 storage",
        kind="true_false",
    )


def test_a_text_is_measured_as_it_is_stored():
    tabs = "a" + "\t" * 800 + "b"
    with pytest.raises(Miswritten, match="This has 3202 characters; 3000 are the most"):
        drafted(written("card", tabs, "c"))
    for text in (tabs, "\ufb2c" * 1_001):  # a letter that is stored as three
        kept = written("card", text, text, explanation=text, topic="t \u0958" * 50).cleaned
        assert len(kept.question) == len(kept.answers) == len(kept.explanation) == LONGEST
        assert len(kept.topic) == LONGEST_TOPIC
    assert drafted(written("card", "a", "b", topic="\t" * 40 + "S3")).topic == "S3"


def test_every_question_that_comes_along_can_be_edited_and_stays_as_it_is_if_nobody_does():
    for bank in BANKS:
        for one in parse(resource("data", bank).read_bytes(), name=bank).questions:
            made = question(one)
            assert content(drafted(written_of(made))) == content(one), one.stem
            assert rewritten(edited(made, written_of(made)), made) is None, one.stem


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (written("poem", "Roses?", "red"), {Part.KIND: "Choose what kind"}),
        (written("choice", "", ""), {Part.QUESTION: "what is asked", Part.ANSWERS: "2 to 25 choices"}),
        (written("choice", "a", "b", "c"), {Part.ANSWERS: "Put * in front"}),
        (written("choice", "a", "> why", "* b", "c"), {Part.ANSWERS: "none above the first line"}),
        (written("choice", "a", "*", "* c", "d"), {Part.ANSWERS: "Line 1 has no text"}),
        (written("choice", "a", "* c", "c"), {Part.ANSWERS: "“c” is there twice"}),
        (written("choice", "Pick THREE.", "* c", "* d", "e", "f"), {Part.ANSWERS: "asks for 3"}),
        (written("choice", "a", *map(str, range(26)), "* z"), {Part.ANSWERS: "2 to 25"}),
        (written("true_false", "a", "maybe"), {Part.ANSWERS: "true or false"}),
        (written("number", "a", "many"), {Part.ANSWERS: "“many” isn't a number"}),
        (written("number", "a", "3 kg", "4 m"), {Part.ANSWERS: "one short unit"}),
        (written("number", "a", "9" * 41), {Part.ANSWERS: "too many digits"}),
        (written("number", "a"), {Part.ANSWERS: "Which number"}),
        (written("number", "a", "7;" * 51), {Part.ANSWERS: "at most 50"}),
        (written("short", "a"), {Part.ANSWERS: "Which answers"}),
        (written("short", "a", "b", "- c"), {Part.ANSWERS: "Line 2 begins with -"}),
        (written("short", "a", "b", "> c"), {Part.ANSWERS: "is a hint"}),
        (written("short", "a", "= b", "c"), {Part.ANSWERS: "exactly like this"}),
        (written("short", "a", "b" * 301), {Part.ANSWERS: "at most 300"}),
        (written("short", "a", *map(str, range(51))), {Part.ANSWERS: "at most 50"}),
        (written("blanks", "a", "b"), {Part.QUESTION: "Write ____"}),
        (written("blanks", "____ " * 6, *"abcdef"), {Part.QUESTION: "1 to 5 times"}),
        (written("blanks", "____ or ____", "b"), {Part.ANSWERS: "has 2 gaps"}),
        (written("blanks", "____", "|"), {Part.ANSWERS: "right answer"}),
        (written("order", "a", "b"), {Part.ANSWERS: "2 to 8 items"}),
        (written("order", "a", *"bcb"), {Part.ANSWERS: "“b” is there twice"}),
        (written("match", "a", "b = c", "d"), {Part.ANSWERS: "left = right"}),
        (written("match", "a", "b = c", "b = d"), {Part.ANSWERS: "two pairs"}),
        (written("match", "a", "b = c", "d = e", *["= f"] * 16), {Part.ANSWERS: "At most 15"}),
        (written("card", "a", "+ b"), {Part.ANSWERS: "back of the card"}),
        (
            written("choice", "a", "* b", "c", explanation="x" * (LONGEST + 1), topic="t" * 101),
            {Part.EXPLANATION: "3001 characters", Part.TOPIC: "100 are the most"},
        ),
    ],
)
def test_each_mistake_is_named_at_its_field(text, wrong):
    with pytest.raises(Miswritten) as raised:
        drafted(text)
    assert {mistake.part for mistake in raised.value.mistakes} == set(wrong)
    for part, words in wrong.items():
        assert words in raised.value.of(part)
        assert words in str(raised.value)


@pytest.mark.parametrize("kind", KINDS_IN_WRITING)
@pytest.mark.parametrize("line", ["-", "*", ">", "- a", "= a\nb\n> c", "=", "+", "____"])
def test_a_mistake_in_many_lines_is_named_once(kind, line):
    text = "\n".join([line] * (LONGEST // (len(line) + 1)))
    with pytest.raises(Miswritten) as raised:
        drafted(written(kind, "Which ____?", text, explanation="x" * (LONGEST + 1)))
    assert len(raised.value.mistakes) <= 7


lines = st.text(st.sampled_from("ab *->=+|\\_$`\t\n.;1\u202e\ud800é"), max_size=40)
texts = st.builds(
    Written, kind=st.sampled_from([*KINDS]), question=lines, answers=lines, explanation=lines, topic=lines
)


@given(texts)
def test_whatever_can_be_read_is_written_so_that_it_is_read_again_alike(text):
    try:
        made = question(drafted(text))
    except Miswritten:
        return
    assert content(drafted(written_of(made))) == content(drafted(text))
    assert rewritten(edited(made, written_of(made)), made) is None


answers = st.lists(
    st.text(st.sampled_from("ab*->=+|\\ é1"), min_size=1, max_size=8)
    .map(lambda text: " ".join(text.split()))
    .filter(bool),
    min_size=3,
    max_size=6,
    unique=True,
)


@given(answers, st.data())
def test_any_answers_survive_writing(some, data):
    key = data.draw(st.sets(st.integers(0, len(some) - 1), min_size=1))
    middle = len(some) // 2
    for meant in (
        draft("Which?", *some, key=sorted(key), select=len(key)),
        short("What?", *some, near_misses=[NearMiss(text=some[0] + "!", hint=some[1])]),
        short("What?", *some, exact=True),
        blanks("____ and ____", some[:middle], some[middle:]),
        in_order("In order?", *some),
        matching("Which belong together?", (some[0], some[1]), (some[1], some[0]), distractors=some[2:]),
        card("Front?", "\n".join(some), some[0]),
    ):
        assert content(drafted(written_of(question(meant)))) == content(meant)


numbers = st.builds(
    AcceptedNumber,
    value=st.fractions(-(10**9), 10**9, max_denominator=10**6),
    tolerance=st.fractions(0, 100, max_denominator=1_000),
    relative=st.booleans(),
)


@given(st.lists(numbers, min_size=1, max_size=3), st.sampled_from(["", "kg", "m²", "°C", "€"]))
def test_any_numbers_survive_writing(some, unit):
    meant = number("How much?", *some, unit=unit)
    again = drafted(written_of(question(meant)))
    assert list(again.accepted) == list(
        dict.fromkeys(one if one.tolerance else AcceptedNumber(value=one.value) for one in some)
    )
    assert again.unit == unit


def test_every_kind_can_be_written_and_says_how_briefly():
    assert list(KINDS_IN_WRITING) == list(KINDS)
    for name, kind in KINDS_IN_WRITING.items():
        assert kind.name == name
        assert len(str(kind.title)) <= LONGEST_TITLE
        assert len(str(kind.notation)) <= LONGEST_NOTATION


def test_the_limits_are_those_of_a_banks_file():
    fields = json.loads(resource("data", "bank.schema.json").read_text(encoding="utf-8"))["$defs"]["question"][
        "properties"
    ]
    assert fields["items"]["maxItems"] == MOST_ITEMS
    assert fields["distractors"]["maxItems"] == MOST_DISTRACTORS


def test_a_row_of_accents_without_end_is_cut():
    accents = "a" + "\u0301\u0323" * 100_000
    assert len(one_line(accents)) <= 31
    assert len(several_lines(accents)) <= 31
    assert one_line("Vie\u0323\u0302t") == "Việt"
    with pytest.raises(Miswritten, match="This has 200001 characters; 3000 are the most"):
        drafted(written("short", accents, "x"))
    assert len(written("short", accents, "x").cleaned.question) <= LONGEST
