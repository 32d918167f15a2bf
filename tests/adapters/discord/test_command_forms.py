"""Modals that run a command: within Discord's limits whatever they hold, and read as they were filled in."""

from dataclasses import replace

import pytest

from adapters.discord.command_forms import command_in, is_ours, modal
from bot.domain.errors import BadInput
from bot.domain.typed import typed
from bot.domain.views import LONGEST_LABEL
from bot.domain.writing import KINDS_IN_WRITING, LONGEST, LONGEST_TOPIC, Written
from bot.rendering import writing as words
from bot.services.chat.commands.writing import LONGEST_BANK
from tests.platforms.discord.errors import Form
from tests.platforms.discord.modals import check_modal, filled_in

WIDE = "😀"  # two characters to Discord
COMMAND = typed("question add", named={"again": str(2**63 - 1), "bank": "b b".ljust(LONGEST_BANK, "b")})


def form(written, command=COMMAND):
    return words.form(command, written, title="Write a question", submit="Store it").form


def checked(one):
    """A modal that Discord takes."""
    problems = Form()
    check_modal(one, problems, ())
    problems.settle()
    return one


@pytest.mark.parametrize("kind", KINDS_IN_WRITING)
def test_a_modal_of_any_kind_is_within_discords_limits_and_comes_back_as_it_was_filled_in(kind):
    text = "*" * LONGEST
    written = Written(kind=kind, question=text, answers=text, explanation=text, topic=WIDE * LONGEST_TOPIC)
    one = checked(modal(form(written)))
    submitted = filled_in(one, {"answers": "a\n* b"})
    assert is_ours(submitted)
    assert command_in(submitted).options == {
        "again": str(2**63 - 1),
        "bank": "b b".ljust(LONGEST_BANK, "b"),
        "kind": kind,
        "question": text,
        "answers": "a\n* b",
        "explanation": text,
        "topic": WIDE * LONGEST_TOPIC,
    }


def test_a_question_of_emoji_opens_as_far_as_discord_lets_it():
    wide = Written(kind="short", question=WIDE * 2_000, answers="a")
    assert filled_in(checked(modal(form(wide))), {})["components"][1]["component"]["value"] == WIDE * 2_000
    with pytest.raises(BadInput, match="“Question” is too long for a form here"):
        modal(form(replace(wide, question=WIDE * 2_001)))


def test_titles_and_hints_of_any_length_are_cut():
    told = form(Written(kind="choice", question="", answers=""))
    fields = tuple(replace(one, label=WIDE * LONGEST_LABEL, hint=WIDE * 200) for one in told.fields)
    checked(modal(replace(told, title=WIDE * 40, fields=fields)))


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [{"type": 18}],
        [{"type": 18, "component": {"type": 4}}],
        [{"type": 18, "component": {"type": 3, "custom_id": "kind", "values": []}}],
        [{"type": 18, "component": {"type": 4, "custom_id": "for_hosts", "value": "no"}}],
    ],
)
def test_a_modal_that_lost_its_fields_or_has_others_says_nothing_more(parts):
    submitted = {"custom_id": "fill:/quiz question add", "components": parts}
    assert command_in(submitted).options == {}
