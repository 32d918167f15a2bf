"""Modals with menus: within Discord's limits, filled in with what stands, and read whatever comes back."""

import pytest

from adapters.discord.controls import components, form_in
from adapters.discord.forms import answer_in, modal
from bot.domain.responses import Row
from bot.domain.views import ControlKind, Controls, Menu, OptionView
from bot.services.rounds.forms import AnswerForm
from tests.platforms.discord import render_modal
from tests.platforms.discord.errors import Form
from tests.platforms.discord.modals import check_modal, inputs

ROUND = 2**63 - 1
WIDE = "😀"  # two characters to Discord


def form(menus=2, options=3, *, picks=None, label="1\\. `France`", text="**Paris**", question="Which capital?"):
    offered = tuple(OptionView(letter=letter, text=text) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXY"[:options])
    return AnswerForm(
        round_id=ROUND,
        title="Your answer",
        question=question,
        menus=(Menu(label=label, options=offered),) * menus,
        row=Row(picks or (None,) * menus),
    )


def checked(one):
    """A modal that Discord takes."""
    problems = Form()
    check_modal(one, problems, ())
    problems.settle()
    return one


def test_a_question_with_menus_has_one_button_that_opens_the_form():
    ((button,),) = (
        row["components"] for row in components(Controls(kind=ControlKind.MENUS, round_id=ROUND, fewest=2, most=2), ())
    )
    assert (button["label"], form_in(button["custom_id"])) == ("Answer", ROUND)


@pytest.mark.parametrize("menus", range(1, 6))
@pytest.mark.parametrize("options", [1, 25])
@pytest.mark.parametrize("text", ["x", WIDE * 500, "`" * 200])
def test_a_modal_of_any_size_is_within_discords_limits(menus, options, text):
    one = checked(
        modal(form(menus, options, label=f"1\\. {text}", text=text, question="*" * 9_000, picks=(0,) * menus))
    )
    assert len(list(inputs(one))) == menus


def test_a_modal_shows_the_question_the_menus_and_what_stands():
    assert render_modal(checked(modal(form(picks=(1, None))))) == "\n".join(
        [
            "┌ Your answer",
            "│ Which capital?",
            *("│ 1. France:", "│   ☐ A. Paris", "│   ☑ B. Paris", "│   ☐ C. Paris"),
            *("│ 1. France:", "│   ☐ A. Paris", "│   ☐ B. Paris", "│   ☐ C. Paris"),
        ]
    )


@pytest.mark.parametrize(("picks", "required", "fewest"), [((None, None), True, 1), ((0, 1), False, 0)])
def test_a_menu_needs_a_pick_unless_that_takes_the_answer_back(picks, required, fewest):
    entries = [entry for _label, entry in inputs(modal(form(picks=picks)))]
    assert {(entry["required"], entry["min_values"]) for entry in entries} == {(required, fewest)}


def submitted(*values, names="01234", custom_id=f"typed:{ROUND}"):
    menus = [
        {"type": 18, "component": {"type": 3, "custom_id": name, "values": some}}
        for name, some in zip(names, values, strict=False)
    ]
    return {"custom_id": custom_id, "components": [{"type": 10}, *menus]}


def test_picks_are_read_by_their_menus_in_whatever_order_they_come():
    assert answer_in(submitted(["2"], [], ["0"])) == (ROUND, Row((2, None, 0)))
    assert answer_in(submitted(["1"], ["0"], names="10")) == (ROUND, Row((0, 1)))
    assert answer_in({"custom_id": "typed:1", "components": []}) == (1, ())


@pytest.mark.parametrize(
    "data",
    [
        submitted(["1"], custom_id="form:1"),
        submitted(["1"], custom_id=f"typed:{2**63}"),
        submitted(["1"], names="1"),
        submitted(["1", "2"]),
        submitted(["x"]),
        submitted([""]),
        submitted(["-1"]),
        submitted(["100"]),
        submitted(["٣"]),
        submitted(*[["1"]] * 6, names="012345"),
    ],
)
def test_a_modal_that_nobody_gave_out_means_nothing(data):
    assert answer_in(data) is None
