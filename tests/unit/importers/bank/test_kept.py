"""Questions of kinds that aren't asked in the project's own format: kept as they are written, and written out again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile, BadInput
from bot.domain.identity import BankId, QuestionId
from bot.domain.kinds import kind_of
from bot.domain.questions import Question
from bot.domain.revisions import first_revision, next_revision
from bot.importers import MAX_CHARACTERS, export, parse
from bot.importers.bank.kinds import in_banks
from bot.importers.bank.kinds.kept import EVERY_KIND_HAS
from bot.resources import resource

BANK = """\
format: quizbot-bank/2
topics: [{id: optics, title: Optics}]
questions:
  - kind: essay
    id: sky
    topic: optics
    tags: [light]
    stem: Why is the sky blue?
    words: {from: 100, to: 200}
    rubric:
      - {points: 2, for: scattering}
      - {points: 0.5, for: [a drawing, null, true, -7]}
    choices: [1, image, {image: x.png}]
    answer: |
      Air scatters

      short waves.
    explanation: Its name is *Rayleigh scattering*.
  - kind: file-upload
    stem: Hand in a drawing.
  - stem: Which floats?
    choices: [{text: Lead}, {text: Cork, right: true}]
"""
FIELDS = {
    "words": {"from": 100, "to": 200},
    "rubric": [{"points": 2, "for": "scattering"}, {"points": 0.5, "for": ["a drawing", None, True, -7]}],
    "choices": [1, "image", {"image": "x.png"}],
    "answer": "Air scatters\n\nshort waves.\n",
}
names = st.text(st.characters(codec="utf-8", exclude_characters="\0", max_codepoint=0xFFFF), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | names,
    lambda some: st.lists(some, max_size=3) | st.dictionaries(names, some, max_size=3),
    max_leaves=8,
)


def stored(bank: str) -> list[Question]:
    drafts = parse(bank.encode(), format="quizbot").questions
    return [first_revision(one, question_id=QuestionId(n), bank_id=BankId(1)) for n, one in enumerate(drafts)]


def test_a_kind_that_is_not_asked_is_kept_with_a_finding() -> None:
    document = parse(BANK.encode())
    essay, upload, asked = document.questions
    assert (essay.kind, essay.stem, essay.topic, essay.tags) == ("essay", "Why is the sky blue?", "optics", ("light",))
    assert (essay.choices, essay.key, essay.explanation) == ((), (), "Its name is *Rayleigh scattering*.")
    assert in_banks(essay).documented(essay) == {"fields": FIELDS}
    assert (upload.kind, in_banks(upload).documented(upload)) == ("file-upload", {"fields": {}})
    assert essay.findings == upload.findings == (FindingCode.KIND_NOT_ASKED,)
    assert not asked.findings
    assert [(finding.line, finding.code) for finding in document.findings] == [
        (8, FindingCode.KIND_NOT_ASKED),
        (20, FindingCode.KIND_NOT_ASKED),
    ]
    assert "kind “essay” can't be asked" in document.findings[0].message
    assert [question.status for question in stored(BANK)] == ["needs attention", "needs attention", "ready"]


@pytest.mark.parametrize("form", ["quizbot", "json"])
def test_what_is_written_is_read_again_the_same(form: str) -> None:
    written = export(stored(BANK), form, name="b", title="B")
    again = stored(written)
    assert export(again, form, name="b", title="B") == written
    assert [question.key for question in again] == [question.key for question in stored(BANK)]
    drafts = parse(written.encode(), format="quizbot").questions
    assert [next_revision(draft, question) for draft, question in zip(drafts, stored(BANK), strict=True)] == [None] * 3
    told = json.loads(export(again, "json"))["questions"][0]
    assert {name: told[name] for name in FIELDS} == FIELDS
    assert list(told)[-5:] == [*FIELDS, "explanation"]


@given(st.dictionaries(names.filter(lambda name: name not in EVERY_KIND_HAS), values, max_size=4))
def test_any_fields_are_kept_from_the_first_reading_on(fields: dict[str, object]) -> None:
    bank = {"format": "quizbot-bank/2", "questions": [{"kind": "hotspot", "stem": "Where?", **fields}]}
    first = export(stored(json.dumps(bank)), "quizbot", name="b", title="B")
    assert export(stored(first), "quizbot", name="b", title="B") == first


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("12", 12),
        ("-3.5", -3.5),
        ("null", None),
        ("true", True),
        ("010", "010"),
        ("3:30", "3:30"),
        ("1.50", "1.50"),
        (".inf", ".inf"),
        ("12345678901234567890", "12345678901234567890"),
        ("yes", "yes"),
        ("2026-01-31", "2026-01-31"),
        ("!!binary eA==", "eA=="),
        ("!!set {a, b}", {"a": None, "b": None}),
        ("{1: one, yes: two}", {"1": "one", "yes": "two"}),
    ],
)
def test_a_value_that_programs_read_in_different_ways_is_kept_as_its_text(written: str, kept: object) -> None:
    bank = f"format: quizbot-bank/2\nquestions: [{{kind: essay, stem: Why?, held: {written}}}]\n"
    (essay,) = parse(bank.encode()).questions
    assert in_banks(essay).documented(essay) == {"fields": {"held": kept}}


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        ("chioce", "choice"),
        ("shrot", "short"),
        ("blank", "blanks"),
        ("truefalse", "true_false"),
        ("true-false", "true_false"),
        ("numbr", "number"),
        ("oder", "order"),
        ("mach", "match"),
        ("crad", None),
        ("matching", None),
        ("ordering", None),
        ("numerical", None),
        ("multichoice", None),
        ("hotspot", None),
    ],
)
def test_a_slip_in_a_kind_is_asked_about(kind: str, meant: str | None) -> None:
    bank = BANK.replace("kind: file-upload", f"kind: {kind}").encode()
    if meant is None:
        assert parse(bank).questions[1].kind == kind
        return
    with pytest.raises(
        BadFile, match=f"question 2, kind: There is no kind “{kind}”. Did you mean “{meant}”?"
    ) as raised:
        parse(bank)
    assert raised.value.line == 19


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("bank/2", "bank/1", 4, "“kind” needs “format: quizbot-bank/2”"),
        ("kind: essay", "kind: Essay", 4, "“Essay” isn't valid. .* such as essay"),
        ("kind: essay", 'kind: "essay\\n"', 4, "isn't valid"),
        ("kind: essay", f"kind: {'e' * 41}", 4, "At most 40"),
        ("kind: essay", "kind: 7", 4, "must be text: put it in quotes"),
        ("topic: optics", "topic: sound", 6, "not among the bank's topics"),
        ("[light]", "[Light]", 7, "isn't valid"),
        ("stem: Hand in a drawing.", "words: 7", 19, "“stem” is missing"),
        ("kind: file-upload", "image: a.png\n    kind: file-upload", 19, "“image_alt” is missing"),
        ("[1, image,", f"[{'[' * 20}{']' * 20},", 13, "deep nesting"),
        ("[1, image,", f"[{'1,' * 201}", 13, "more than 200 entries"),
        ("[1, image,", "[{[1]: 2},", 13, "isn't valid YAML"),
        ("words: {", "words: {from: 1, ", 9, "given twice"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in BANK
    with pytest.raises(BadFile, match=words) as raised:
        parse(BANK.replace(old, new, 1).encode())
    assert raised.value.line == line


def test_a_question_with_endless_fields_is_left_out_and_said_so() -> None:
    document = parse(BANK.replace("100, to", f"{'x' * MAX_CHARACTERS}, to").encode())
    assert [question.kind for question in document.questions] == ["file-upload", "choice"]
    assert (document.findings[0].line, document.findings[0].code) == (8, FindingCode.BROKEN)


def test_two_that_differ_in_their_fields_alone_are_no_duplicates() -> None:
    bank = (
        "format: quizbot-bank/2\nquestions:\n"
        "  - {kind: hotspot, stem: Where is it?, at: [1, 2]}\n"
        "  - {kind: hotspot, stem: Where is it?, at: [3, 4]}\n"
    )
    assert [one.findings for one in parse(bank.encode()).questions] == [(FindingCode.KIND_NOT_ASKED,)] * 2


def test_no_key_makes_it_ready() -> None:
    essay = stored(BANK)[0]
    for refused in (
        lambda: kind_of(essay).typed_key("B", essay),
        lambda: kind_of(essay).accepting(essay.key, "air"),
    ):
        with pytest.raises(BadInput, match="can't ask them"):
            refused()


def test_the_schema_names_the_same_fields() -> None:
    defined = json.loads(resource("data", "bank.schema.json").read_text(encoding="utf-8"))["$defs"]
    assert defined["kept"]["properties"].keys() == EVERY_KIND_HAS
