"""Modals that run a command with what is filled in: pure functions.

A modal outlives the process that opened it, so its id holds the command with its other options.
"""

from adapters.discord.controls import Json
from adapters.discord.fitting import cut, length
from bot.domain.commands import ChatCommand
from bot.domain.errors import BadInput
from bot.domain.views import Form, FormField, FormOption
from bot.i18n import gettext as _
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.grammar import parse_command

_FILL_IN = "fill:"
"""How the id of a modal begins; the command follows."""
_LONGEST_TITLE = _LONGEST_LABEL = 45
_LONGEST_HINT = _LONGEST_OPTION = 100
_LONGEST_VALUE = 4_000
"""How much a field takes, as Discord counts: an emoji twice."""
_MENU, _INPUT, _LABEL = 3, 4, 18
_ONE_LINE, _LINES = 1, 2


def modal(form: Form) -> Json:
    """Return the modal for a form.

    Raises:
        BadInput: a field holds more than Discord lets it.
    """
    return {
        "custom_id": _FILL_IN + form.command.plain,
        "title": cut(form.title, _LONGEST_TITLE),
        "components": [_labelled(field) for field in form.fields],
    }


def _labelled(field: FormField) -> Json:
    described = {"description": cut(field.hint, _LONGEST_HINT)} if field.hint else {}
    entry = _menu(field) if field.options else _input(field)
    return {"type": _LABEL, "label": cut(field.label, _LONGEST_LABEL), **described, "component": entry}


def _menu(field: FormField) -> Json:
    options = [_option(one, is_picked=one.value == field.value) for one in field.options]
    return {"type": _MENU, "custom_id": field.name, "options": options, "required": field.required}


def _option(option: FormOption, *, is_picked: bool) -> Json:
    told: Json = {"label": cut(option.label, _LONGEST_OPTION), "value": option.value, "default": is_picked}
    return told | ({"description": cut(option.about, _LONGEST_OPTION)} if option.about else {})


def _input(field: FormField) -> Json:
    if length(field.value) > _LONGEST_VALUE:
        text = _("“{field}” is too long for a form here. Export the bank, edit the file, and import it again.")
        raise BadInput(text.format(field=field.label))
    most = max(field.longest, length(field.value))  # of a stored text, the core has counted each emoji once
    entry: Json = {
        "type": _INPUT,
        "custom_id": field.name,
        "style": _LINES if field.lines else _ONE_LINE,
        "max_length": most,
        "required": field.required,
    }
    return entry | ({"value": field.value} if field.value else {})


def is_ours(submitted: Json) -> bool:
    """Whether a submitted modal runs a command."""
    return str(submitted.get("custom_id", "")).startswith(_FILL_IN)


def command_in(submitted: Json) -> ChatCommand:
    """Read the command that a submitted modal runs, with what was filled in as further options.

    Raises:
        BadInput: the modal isn't one of ours.
    """
    command = parse_command(str(submitted["custom_id"]).removeprefix(_FILL_IN))
    known = {option.name for option in COMMANDS[command.name].options}
    return ChatCommand(name=command.name, options=command.options | _filled_in(submitted, known))


def _filled_in(submitted: Json, known: set[str]) -> dict[str, str]:
    entries = [part.get("component") or {} for part in submitted.get("components", ())]
    texts = {str(one.get("custom_id")): one.get("value") for one in entries if one.get("type") == _INPUT}
    picks = {str(one.get("custom_id")): next(iter(one.get("values") or ()), None) for one in entries if "values" in one}
    return {name: str(value) for name, value in (texts | picks).items() if name in known and value is not None}
