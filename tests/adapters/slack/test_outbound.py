"""The core's views as Block Kit: complete, within every limit, and the same for whoever can't see blocks."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.slack.outbound import closing_time, contents
from bot.domain.questions import LETTERS
from bot.domain.views import ControlKind, Controls, Mark, MessageView, OptionView, Section, Table
from tests.platforms.slack import SlackServer
from tests.platforms.slack.blockkit import problems

CLOSES = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
ROUND = 2**62


def question(*texts: str, kind: ControlKind = ControlKind.BUTTONS, most: int = 1) -> MessageView:
    return MessageView(
        title="Question of the day",
        text="Which **metric** fits `x < y`?",
        options=tuple(
            OptionView(letter=letter, text=text)
            for letter, text in zip(LETTERS, texts or ("Recall", "R&D"), strict=False)
        ),
        hint="Your first answer counts.",
        controls=Controls(kind=kind, round_id=ROUND, fewest=1, most=most),
        closes_at=CLOSES,
    )


def elements(blocks: list[dict], kind: str) -> list[dict]:
    return [one for block in blocks for one in block.get("elements", ()) if one["type"] == kind]


def shown(blocks: list[dict]) -> str:
    return "\n".join(block["text"]["text"] for block in blocks if "text" in block)


def test_a_question_shows_stem_and_choices_in_full_and_letters_on_buttons() -> None:
    (content,) = contents(question())
    assert shown(content.blocks) == (
        "Question of the day\nWhich *metric* fits `x &lt; y`?\n*A*  Recall\n\n*B*  R&amp;D"
    )
    buttons = elements(content.blocks, "button")
    assert [one["text"]["text"] for one in buttons] == ["A", "B"]
    assert [one["value"] for one in buttons] == [f"{ROUND}:0", f"{ROUND}:1"]
    assert problems(content.blocks) == []


LONG = "\n\n".join(f"Line {number} of a case study that says what happened." for number in range(1, 31))


def on_a_screen(view: MessageView) -> str:
    """What somebody sees of a view in a channel, with high sections folded."""
    server = SlackServer()
    team = server.add_team("Study")
    channel = team.add_channel("study")
    return "\n".join(server.render(channel.write(team.bot, one.text, one.blocks)) for one in contents(view))


@pytest.mark.parametrize("kind", [ControlKind.BUTTONS, ControlKind.SELECT, ControlKind.FIELDS])
def test_nobody_unfolds_a_question_before_answering_it(kind: ControlKind) -> None:
    """https://docs.slack.dev/reference/block-kit/blocks/section-block: Slack may fold a section, unless ``expand``."""
    shown_to_all = on_a_screen(replace(question(LONG, "B", kind=kind), text=LONG))
    assert "Show more" not in shown_to_all
    assert shown_to_all.count("Line 30 of") == 2


def test_a_long_text_that_asks_nothing_may_fold() -> None:
    seen = on_a_screen(MessageView(text=LONG))
    assert "Line 1 of" in seen
    assert "Line 30 of" not in seen
    assert "Show more" in seen


def test_the_text_beside_the_blocks_reads_as_the_question() -> None:
    (content,) = contents(question())
    assert content.text == (
        "Question of the day: Which metric fits x &lt; y?\nA: Recall\nB: R&amp;D\nYour first answer counts.\n"
        + closing_time(CLOSES)
    )


def test_the_close_is_a_date_in_the_readers_zone_with_utc_behind_it() -> None:
    assert closing_time(CLOSES) == "Closes <!date^1772524800^{date_short_pretty} {time}|2026-03-03 08:00 UTC>"


def test_how_many_answered_is_told_where_it_is_known() -> None:
    (with_count,) = contents(question(), answered=12)
    (without,) = contents(question())
    assert "12 answered." in json.dumps(with_count.blocks)
    assert "answered" not in json.dumps(without.blocks)


def test_a_screen_reader_hears_the_choice_on_its_button() -> None:
    (content,) = contents(question("Recall of `rare` positives", "B"))
    assert elements(content.blocks, "button")[0]["accessibility_label"] == "A  Recall of rare positives"


@pytest.mark.parametrize(
    ("choices", "element"), [(10, "checkboxes"), (11, "multi_static_select"), (25, "multi_static_select")]
)
def test_several_are_chosen_with_boxes_and_from_a_menu_where_boxes_end(choices: int, element: str) -> None:
    texts = [f"Choice number {n} " + "long " * 40 for n in range(choices)]
    (content,) = contents(question(*texts, kind=ControlKind.SELECT, most=2))
    (several,) = elements(content.blocks, element)
    assert [one["value"] for one in several["options"]] == [str(n) for n in range(choices)]
    assert [one["text"]["text"] for one in elements(content.blocks, "button")] == ["Submit"]
    assert all(text.strip() in shown(content.blocks) for text in texts)
    assert problems(content.blocks) == []


def test_reactions_stand_as_signs_before_the_choices_and_need_no_buttons() -> None:
    (content,) = contents(question(*"abcdefghijkl", kind=ControlKind.REACTIONS))
    text = shown(content.blocks)
    assert ":one: *A*  a\n\n:two: *B*  b" in text
    assert ":keycap_ten: *J*  j\n\n:red_circle: *K*  k" in text
    assert elements(content.blocks, "button") == []


def test_four_choices_of_a_thousand_characters_are_all_there() -> None:
    texts = [letter * 1000 for letter in "abcd"]
    (content,) = contents(question(*texts))
    assert all(text in shown(content.blocks) for text in texts)
    assert problems(content.blocks) == []


def test_what_one_message_cannot_hold_goes_on_in_the_next() -> None:
    texts = [letter * 3000 for letter in "abcdefghijkl"]
    first, *more = contents(question(*texts))
    everything = "".join(shown(part.blocks) for part in (first, *more))
    assert all(everything.count(text[0] * 100) == 30 for text in texts)
    assert len(elements(first.blocks, "button")) == 12
    assert "the rest follows" in json.dumps(first.blocks)
    for part in (first, *more):
        assert problems(part.blocks) == []
        assert len(json.dumps(part.blocks)) < 13_000
        assert 0 < len(part.text) <= 40_000


def test_many_short_parts_stay_within_the_number_of_blocks() -> None:
    view = MessageView(sections=tuple(Section(title=f"Part {n}", text="- x") for n in range(120)))
    parts = contents(view)
    assert len(parts) == 3
    assert all(problems(part.blocks) == [] for part in parts)


def test_a_result_marks_choices_in_words_and_by_a_sign_with_their_share_as_a_bar() -> None:
    right = OptionView(
        letter="A", text="Recall", mark=Mark.RIGHT, mark_text="right", note="Since *rare*.", tally="3 (60%)", share=0.6
    )
    wrong = OptionView(letter="B", text="R&D", mark=Mark.WRONG, tally="2 (40%)", share=0.4)
    (content,) = contents(MessageView(title="Right answer: A", options=(right, wrong), footer="5 answered."))
    assert shown(content.blocks) == (
        "Right answer: A\n"
        "✓ *A*  Recall\n*right*  ██████░░░░  3 (60%)\nSince _rare_.\n\n"
        "✗ *B*  R&amp;D\n████░░░░░░  2 (40%)"
    )
    assert "A: Recall, right, 3 (60%), Since rare." in content.text


def test_standings_are_a_table_of_one_width() -> None:
    table = Table(title="This week", columns=("Place", "Name"), rows=(("1", r"\*Ada\*"), ("2", "Bob")))
    (content,) = contents(MessageView(table=table))
    assert shown(content.blocks) == "*This week*\n```\nPlace  Name\n1      *Ada*\n2      Bob\n```"


@pytest.mark.parametrize("hostile", ["<!channel>", "<!here|x>", "<@U0000001>", "<!subteam^S1>", "@channel #general"])
def test_nothing_that_came_in_with_a_text_can_ping(hostile: str) -> None:
    option = OptionView(letter="A", text=hostile, note=hostile, mark_text=hostile, tally=hostile)
    view = replace(
        question(),
        title=hostile,
        text=hostile,
        hint=hostile,
        footer=hostile,
        options=(option,),
        sections=(Section(title=hostile, text=hostile),),
        table=Table(title=hostile, columns=(hostile,), rows=((hostile,),)),
        closes_at=None,
    )
    for content in contents(view):
        assert "<" not in content.text
        for text in (one for block in content.blocks for one in [block.get("text"), *block.get("elements", ())] if one):
            assert text["type"] != "mrkdwn" or ("<" not in text["text"] and text["verbatim"])


def test_a_question_says_nothing_of_its_key() -> None:
    view = question("Recall", "Accuracy", "Precision")
    buttons = elements(contents(view)[0].blocks, "button")
    for at, (one, option) in enumerate(zip(buttons, view.options, strict=True)):
        assert one.pop("text")["text"] == option.letter
        assert (one.pop("action_id"), one.pop("value")) == (f"pick:{at}", f"{ROUND}:{at}")
        assert one.pop("accessibility_label") == f"{option.letter}  {option.text}"
        assert one == {"type": "button"}
