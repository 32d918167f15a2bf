"""Obsidian notes: cards become questions, everything else notes."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import codes, only, read


def card(answer: str, *choices: str) -> str:
    listed = "\n".join(f"- {choice}" for choice in choices)
    return f"# Tools\n\n### Which cuts?\n{listed}\n#card\n{answer}\n"


def test_a_card_is_a_question_under_the_heading_above_it() -> None:
    question = only(card("Saw", "Hammer", "Saw"))
    assert (question.line, question.section, question.stem) == (3, "Tools", "Which cuts?")
    assert (question.choices, question.key, question.explanation) == (("Hammer", "Saw"), (1,), "")


def test_what_follows_the_choice_in_the_answer_is_the_explanation() -> None:
    question = only(card("Saw. It has teeth.", "Hammer", "Saw"))
    assert (question.key, question.explanation) == ((1,), "It has teeth.")


def test_an_answer_that_goes_on_in_one_sentence_is_kept_whole() -> None:
    question = only(card("Saw is what has teeth.", "Hammer", "Saw"))
    assert (question.key, question.explanation, question.findings) == ((1,), "Saw is what has teeth.", ())


def test_the_whole_choice_counts_even_where_it_holds_full_stops() -> None:
    question = only(card("Use a saw. Cut slowly. Wood splits else.", "Use a saw. Cut fast.", "Use a saw. Cut slowly."))
    assert (question.key, question.explanation) == ((1,), "Wood splits else.")


def test_an_answer_that_is_no_choice_takes_the_most_similar_one_and_says_so() -> None:
    document = read(card("A sharp saw", "A heavy hammer", "A sharp steel saw"))
    assert document.questions[0].key == (1,)
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE]]


def test_several_answers_are_several_keys() -> None:
    question = only(card("- Saw\n- Axe", "Hammer", "Saw", "Axe"))
    assert (question.key, question.select) == ((1, 2), 2)


def test_tags_on_the_heading_boxes_and_plugin_ids_are_understood() -> None:
    question = only(
        """
        ---
        tags: [tools, wood]
        ---
        ## Which cuts? #flashcard
        - [ ] Hammer
        - [x] Saw
        It has teeth.
        ^1624275842543
        <!--SR:!2021-08-16,9,280-->
        """
    )
    assert (question.choices, question.key, question.explanation) == (("Hammer", "Saw"), (1,), "It has teeth.")
    assert question.tags == ("tools", "wood")


def test_a_card_without_choices_is_broken_and_keeps_its_answer() -> None:
    question = only("# Words\n\n## What is a dram?\n#card\nA small drink.\n")
    assert (question.choices, question.explanation) == ((), "A small drink.")
    assert question.findings == (FindingCode.BROKEN,)


def test_headings_without_a_card_are_notes() -> None:
    document = read(
        "# Wood\n- oak\n- ash\n\n## Which is hard?\n- Oak\n- Balsa\n#card\nOak\n\n## Links\nhttps://example.com\n"
    )
    assert [(note.line, note.heading, note.text) for note in document.notes] == [
        (1, "Wood", "- oak\n- ash"),
        (11, "Links", "https://example.com"),
    ]
    assert len(document.questions) == 1


def test_a_lone_question_mark_parts_the_sides_of_a_card() -> None:
    document = read(
        """
        # Wood

        Some of it floats.

        What is cork made of
        ?
        Bark
        of an oak

        What is teak used for?
        ??
        Ships

        More is to come.
        """
    )
    assert [(one.line, one.kind, one.stem, one.back, one.section) for one in document.questions] == [
        (5, "card", "What is cork made of", "Bark of an oak", "Wood"),
        (10, "card", "What is teak used for?", "Ships", "Wood"),
    ]
    assert [note.text for note in document.notes] == ["Some of it floats.", "More is to come."]
    assert codes(document) == [[], []]


def test_a_heading_that_asks_keeps_its_card_and_all_of_its_answer() -> None:
    question = only("## What floats?\n\nThink of bark.\n?\nCork\n\nIt is light.\n")
    assert (question.kind, question.stem, question.back) == (
        "card",
        "What floats? Think of bark.",
        "Cork\n\nIt is light.",
    )


@pytest.mark.parametrize("back", ["", "Answer: Cork\n", "A. Lead\nB. Cork\n"])
def test_a_card_with_nothing_or_with_choices_on_its_back_is_broken(back: str) -> None:
    question = only(f"What floats?\n?\n{back}")
    assert question.kind == "choice"
    assert FindingCode.BROKEN in question.findings
