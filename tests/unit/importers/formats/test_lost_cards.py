"""Cards and questions of programs that stand in notes and pages: where they can't be read, they are findings."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import read


@pytest.mark.parametrize(
    "text",
    [
        "The bark of oaks::Cork\nThe wood of ships::Teak",
        "# Wood\n\nWhat floats?::Cork\n\nWhat sinks?:::Lead",
    ],
)
def test_cards_without_spaces_around_their_colons_are_findings(text: str) -> None:
    assert [finding.code for finding in read(text).findings] == [FindingCode.LOST_QUESTION] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Call std::sort on it.\nThen std::find\nand a::b::c or foo::bar()\nand so on",
        "std::sort sorts.\nstd::find finds.",
        "`the class Foo::Bar`\n`the class Foo::Baz`",
    ],
)
def test_names_in_code_with_two_colons_are_no_cards(text: str) -> None:
    assert not read(text).findings


@pytest.mark.parametrize(
    "text",
    [
        """Read this.\n\n<Quiz question="What floats?" options={["Lead", "Cork"]} answer="Cork" />\n\nThat is all.""",
        """# Wood\n\n<Quiz\n  question="What floats?"\n  options={["Lead", "Cork"]}\n  answer={1}\n/>""",
        """# Wood\n\nconst some = [\n  {\n    question: "What floats?",\n    options: ["Lead", "Cork"],\n  },\n];""",
        "1. What sinks?\nA. Lead\nB. Cork\nAnswer: A\n\n<Check question={`What floats?`} options={[`Lead`, `Cork`]} />",
    ],
)
def test_questions_that_a_page_hands_to_a_program_are_findings(text: str) -> None:
    assert FindingCode.LOST_QUESTION in [finding.code for finding in read(text).findings]


@pytest.mark.parametrize(
    "text",
    [
        """The word question: "what" is short.""",
        """Write it like this:\n\n```jsx\n<Quiz question="What floats?" answer="Cork" />\n```\n\nThat is all.""",
        "function Wood() {\n  return (\n    <Quiz\n      question={question}\n      answer={answer}\n    />\n  );\n}",
    ],
)
def test_examples_of_such_questions_are_none(text: str) -> None:
    assert not read(text).findings
