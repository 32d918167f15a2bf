"""Modals that run a command with what is filled in: pure functions.

A modal outlives the process that opened it, so its metadata holds the command and where it was typed.
"""

from collections.abc import Mapping
from typing import Any

from adapters.slack import inbound
from adapters.slack.inbound import Body, From
from adapters.slack.text import blocks as kit
from adapters.slack.text.blocks import Block
from bot.domain.commands import ChatCommand
from bot.domain.views import Form, FormField
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.grammar import parse_command

CALLBACK = "command_form"


def modal(form: Form, asked: From) -> Block:
    """Build the modal for a form; what is submitted has no address to reply to, so the metadata holds that, too."""
    metadata = f"{asked.channel} {asked.response_url} {form.command.plain}"
    return kit.modal(CALLBACK, metadata, form.title, form.submit, list(map(_field, form.fields)))


def _field(field: FormField) -> Block:
    optional = not field.required
    if field.options:
        options = [(one.value, one.label, one.about) for one in field.options]
        return kit.named_menu(field.name, field.label, options, field.value, optional=optional)
    return kit.text_field(
        field.name, field.label, field.value, field.longest, lines=field.lines, optional=optional, hint=field.hint
    )


def asked_by(body: Body, view: Mapping[str, Any]) -> From:
    """Read who submitted a modal, and where it was asked for."""
    channel, response_url, _command = _metadata(view)
    return inbound.source({**body, "channel": {"id": channel}, "response_url": response_url})


def command_in(view: Mapping[str, Any]) -> ChatCommand:
    """Read the command that a submitted modal runs, with what was filled in as further options.

    Raises:
        BadInput: the modal isn't one of ours.
    """
    command, values = parse_command(_metadata(view)[2]), kit.filled_in(view)
    texts = {option.name: _value(values, option.name) for option in COMMANDS[command.name].options}
    filled_in = {name: text for name, text in texts.items() if text is not None}
    return ChatCommand(name=command.name, options=command.options | filled_in)


def _metadata(view: Mapping[str, Any]) -> tuple[str, str, str]:
    channel, _space, rest = str(view["private_metadata"]).partition(" ")
    response_url, _space, command = rest.partition(" ")
    return channel, response_url, command


def _value(values: Mapping[str, Any], name: str) -> str | None:
    picked = kit.pick_in(values, name)
    return kit.text_in(values, name) if picked is None else picked
