"""Modals that run a command: within Slack's limits whatever they hold, and read as they were filled in."""

from typing import Any

import pytest

from adapters.slack.command_forms import asked_by, command_in, modal
from adapters.slack.inbound import From
from bot.domain.typed import typed
from bot.domain.views import Form
from bot.domain.writing import KINDS_IN_WRITING, LONGEST, LONGEST_TOPIC, Written
from bot.rendering import writing as words
from tests.platforms.slack.blockkit import view_problems
from tests.platforms.slack.filling import values_of
from tests.platforms.slack.surfaces import View

ASKED = From("T1", "C1", "U1", "ada", "https://hooks.slack.com/commands/T1/1/x")
COMMAND = typed("question add", named={"bank": "Our own"})


def form(written: Written) -> Form:
    told = words.form(COMMAND, written, title="Suggest a question", submit="Suggest it").form
    assert told is not None
    return told


def submitted(view: dict[str, Any]) -> dict[str, Any]:
    """The view as Slack sends it when nobody changed anything in it."""
    there = View("V1", None, view, "", "V1")
    return view | {"state": {"values": values_of(there, {})}}


@pytest.mark.parametrize("kind", KINDS_IN_WRITING)
def test_a_modal_of_any_kind_is_within_slacks_limits_and_comes_back_as_it_was_filled_in(kind: str) -> None:
    text = "<!channel> *".ljust(LONGEST, "*")
    written = Written(kind=kind, question=text, answers=text, explanation="", topic="t" * LONGEST_TOPIC)
    view = modal(form(written), ASKED)
    assert view_problems(view) == []
    command = command_in(submitted(view))
    assert command.options == {
        "bank": "Our own",
        "kind": kind,
        "question": text,
        "answers": text,
        "explanation": "",
        "topic": "t" * LONGEST_TOPIC,
    }
    body = {"user": {"id": "U1", "username": "ada"}, "team": {"id": "T1"}}
    assert asked_by(body, view) == ASKED


def test_a_modal_that_lost_its_fields_says_nothing_more() -> None:
    view = modal(form(Written(kind="choice", question="", answers="")), ASKED)
    for values in ({}, {"kind": {}}, {"kind": {"kind": {"selected_option": None}}}):
        assert command_in(view | {"state": {"values": values}}).options.get("kind", "") == ""
