"""Modals with menus: within Slack's limits, filled in with what stands, and read whatever comes back."""

from typing import Any

import pytest

from adapters.slack.forms import given_in, modal
from adapters.slack.inbound import From
from adapters.slack.outbound import contents
from bot.domain.errors import BadInput
from bot.domain.identity import RoundId
from bot.domain.responses import Row
from bot.domain.views import ControlKind, Controls, Menu, MessageView, OptionView
from bot.services.rounds.forms import AnswerForm
from tests.platforms.slack.blockkit import problems, view_problems
from tests.platforms.slack.surfaces import elements

ROUND = RoundId(2**63 - 1)
ASKED = From("T1", "C1", "U1", "ada", "https://hooks.slack.com/actions/T1/1/x")


def form(
    menus: int = 2, options: int = 3, *, picks: tuple[int | None, ...] = (), text: str = "**Paris**"
) -> AnswerForm:
    offered = tuple(OptionView(letter=letter, text=text) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXY"[:options])
    return AnswerForm(
        round_id=ROUND,
        title="Your answer",
        question="Which capital?",
        menus=(Menu(label="1\\. `France` " + text, options=offered),) * menus,
        row=Row(picks or (None,) * menus),
    )


def inputs(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in view["blocks"] if block["type"] == "input"]


def test_a_question_with_menus_has_one_button_that_opens_the_form() -> None:
    controls = Controls(kind=ControlKind.MENUS, round_id=ROUND, fewest=2, most=2)
    (content,) = contents(MessageView(title="Quick question", text="Which?", controls=controls))
    ((_block, button),) = elements(content.blocks)
    assert (button["text"]["text"], button["value"]) == ("Answer", str(ROUND))
    assert problems(content.blocks) == []


@pytest.mark.parametrize("menus", range(1, 6))
@pytest.mark.parametrize("options", [1, 25])
@pytest.mark.parametrize("text", ["x", "x" * 3_000])
def test_a_form_of_any_size_is_within_slacks_limits(menus: int, options: int, text: str) -> None:
    view = modal(form(menus, options, text=text, picks=(0,) * menus), ASKED)
    assert view_problems(view) == []
    assert len(inputs(view)) == menus


def test_a_form_shows_the_options_without_markup_and_what_stands() -> None:
    first, second = inputs(modal(form(picks=(1, None)), ASKED))
    assert first["label"]["text"] == "1. France Paris"
    assert [option["text"]["text"] for option in first["element"]["options"]] == ["A  Paris", "B  Paris", "C  Paris"]
    assert first["element"]["initial_option"]["value"] == "1"
    assert "initial_option" not in second["element"]


@pytest.mark.parametrize(("picks", "optional"), [((None, None), False), ((0, 1), True)])
def test_a_menu_needs_a_pick_unless_that_takes_the_answer_back(picks: tuple[int | None, ...], optional: bool) -> None:
    assert {block["optional"] for block in inputs(modal(form(picks=picks), ASKED))} == {optional}


def picked(*values: str | None) -> dict[str, Any]:
    """The values of a submitted modal."""
    return {
        f"field{at}": {f"field{at}": {"type": "static_select", "selected_option": value and {"value": value}}}
        for at, value in enumerate(values)
    }


def test_picks_are_read_in_the_order_of_their_menus() -> None:
    assert given_in(picked("2", None, "0")) == Row((2, None, 0))
    assert given_in(dict(reversed(picked("2", "1").items()))) == Row((2, 1))
    assert given_in({}) == ()


@pytest.mark.parametrize("value", ["x", "-1", "1000", "٣", "0,1", "9" * 30])
def test_what_no_menu_offers_is_refused(value: str) -> None:
    with pytest.raises(BadInput):
        given_in(picked(value))
