"""Buttons and menus. Their ids hold everything needed to understand a click, even after a restart."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.discord.fitting import cut
from adapters.discord.markdown import plain
from bot.domain.identity import RoundId
from bot.domain.responses import Given, Positions
from bot.domain.views import Button, ControlKind, Controls, OptionView, Section
from bot.i18n import gettext as _
from bot.i18n import ngettext

Json = dict[str, Any]

_ROW, _BUTTON, _MENU = 1, 2, 3
_PRIMARY, _SECONDARY = 1, 2
_MOST_ROWS = _BUTTONS_A_ROW = 5
_LONGEST_BUTTON, _LONGEST_LABEL = 80, 100
_FIRST_REGIONAL_INDICATOR = 0x1F1E6
_BUTTON_ID = re.compile(r"answer:([0-9]{1,19}):([0-9]{1,2})")
_MENU_ID = re.compile(r"answers:([0-9]{1,19})")
_UNSENT_ID = re.compile(r"unsent:([0-9]{1,19})")
"""A menu whose picks come back in private, with a button that sends them: where the first answer counts."""
_SUBMIT_ID = re.compile(r"submit:([0-9]{1,19}):([0-9]{1,2}(?:,[0-9]{1,2}){0,24})")
_FORM_ID = re.compile(r"form:([0-9]{1,19})")
_BACK_ID = re.compile(r"back:([0-9]{1,19})")
_RUN = "run:"
"""How the id of a button that runs a command begins; the command follows."""
_POSITION = re.compile(r"[0-9]{1,2}")
_LARGEST_ID = 2**63


def components(controls: Controls | None, options: Sequence[OptionView]) -> list[Json]:
    """Return the rows of controls under a message; none if it can't be answered or is answered with reactions."""
    return [] if controls is None else _CONTROLS[controls.kind](controls, options)


def command_rows(sections: Sequence[Section]) -> list[Json]:
    """Return the rows with the buttons of a message's parts; those of one part stay together, if a row takes them."""
    rows: list[list[Json]] = []
    for buttons in (list(map(_command_button, section.buttons)) for section in sections):
        if not rows or len(rows[-1]) + len(buttons) > _BUTTONS_A_ROW:
            rows.append([])
        rows[-1] += buttons[:_BUTTONS_A_ROW]
        rows += [buttons[at : at + _BUTTONS_A_ROW] for at in range(_BUTTONS_A_ROW, len(buttons), _BUTTONS_A_ROW)]
    return [_row(row) for row in rows[:_MOST_ROWS] if row]


def _command_button(button: Button) -> Json:
    return _button(cut(button.label, _LONGEST_BUTTON), f"{_RUN}{button.command.plain}")


def command_in(custom_id: str) -> str | None:
    """Return the command, as a line of text, that a button runs; None if it does something else."""
    return custom_id.removeprefix(_RUN) if custom_id.startswith(_RUN) else None


def _buttons(controls: Controls, options: Sequence[OptionView]) -> list[Json]:
    buttons = [
        _button(cut(plain(option.label), _LONGEST_BUTTON), f"answer:{controls.round_id}:{position}")
        for position, option in enumerate(options)
    ]
    return [_row(buttons[start : start + _BUTTONS_A_ROW]) for start in range(0, len(buttons), _BUTTONS_A_ROW)]


def _menu_row(controls: Controls, options: Sequence[OptionView]) -> list[Json]:
    return [_row([_menu(controls, options)])]


def submit_row(round_id: RoundId, given: Positions) -> Json:
    """Return the row with the button that sends what was picked in a menu; its id is 91 characters at most."""
    picks = ",".join(map(str, sorted(given)))
    return _row([_button(_("Submit"), f"submit:{round_id}:{picks}", style=_PRIMARY)])


def _form_row(controls: Controls, _options: Sequence[OptionView]) -> list[Json]:
    return [_row([_button(_("Answer"), f"form:{controls.round_id}", style=_PRIMARY)])]


def _card_row(controls: Controls, _options: Sequence[OptionView]) -> list[Json]:
    return [_row([_button(_("Show the back"), f"back:{controls.round_id}", style=_PRIMARY)])]


def _nothing(_controls: Controls, _options: Sequence[OptionView]) -> list[Json]:
    return []


_CONTROLS: Mapping[ControlKind, Callable[[Controls, Sequence[OptionView]], list[Json]]] = {
    ControlKind.BUTTONS: _buttons,
    ControlKind.SELECT: _menu_row,
    ControlKind.REACTIONS: _nothing,  # reactions are on the message, not in rows under it
    ControlKind.FIELDS: _form_row,
    ControlKind.MENUS: _form_row,
    ControlKind.CARD: _card_row,
}


def _row(children: list[Json]) -> Json:
    return {"type": _ROW, "components": children}


def _button(label: str, custom_id: str, style: int = _SECONDARY) -> Json:
    return {"type": _BUTTON, "style": style, "label": label, "custom_id": custom_id}


def _menu(controls: Controls, options: Sequence[OptionView]) -> Json:
    return {
        "type": _MENU,
        "custom_id": f"{'unsent' if controls.first_counts else 'answers'}:{controls.round_id}",
        "placeholder": _how_many(controls),
        "min_values": controls.fewest,
        "max_values": controls.most,
        "options": menu_options(options),
    }


def menu_options(options: Sequence[OptionView]) -> list[Json]:
    """Return what a menu offers; the values are positions."""
    return [{"label": _label(option), "value": str(position)} for position, option in enumerate(options)]


def _how_many(controls: Controls) -> str:
    if controls.fewest != controls.most:
        return _("Choose all that apply.")
    return ngettext("Choose {number}.", "Choose {number}.", controls.most).format(number=controls.most)


def _label(option: OptionView) -> str:
    return cut(f"{option.letter}. {plain(option.text)}", _LONGEST_LABEL)


def sign(position: int) -> str:
    """Return the regional indicator for a position, shown before the choice and used as its reaction."""
    return chr(_FIRST_REGIONAL_INDICATOR + position)


def position_of(emoji: str) -> int | None:
    """Return the position that a reaction stands for; None for any other emoji."""
    position = ord(emoji) - _FIRST_REGIONAL_INDICATOR if len(emoji) == 1 else -1
    return position if 0 <= position < 26 else None


def answer_in(custom_id: str, values: Sequence[str]) -> tuple[RoundId, Given] | None:
    """Read the round and what was given from a control's id and values, unchecked; None if the control isn't ours."""
    if found := _BUTTON_ID.fullmatch(custom_id):
        given = frozenset({int(found[2])})
    elif found := _SUBMIT_ID.fullmatch(custom_id):
        given = frozenset(map(int, found[2].split(",")))
    elif (found := _MENU_ID.fullmatch(custom_id)) and all(map(_POSITION.fullmatch, values)):
        given = frozenset(map(int, values))
    else:
        return None
    round_id = id_in(found)
    return (round_id, given) if round_id is not None else None


def picked_in(custom_id: str, values: Sequence[str]) -> tuple[RoundId, Positions] | None:
    """Read the round and what was picked but isn't sent yet, unchecked; None if it isn't such a menu."""
    found = _UNSENT_ID.fullmatch(custom_id)
    if found is None or not all(map(_POSITION.fullmatch, values)):
        return None
    round_id = id_in(found)
    return (round_id, frozenset(map(int, values))) if round_id is not None else None


def form_in(custom_id: str) -> RoundId | None:
    """Return the round whose form a button opens; None if it isn't such a button."""
    found = _FORM_ID.fullmatch(custom_id)
    return id_in(found) if found else None


def back_in(custom_id: str) -> RoundId | None:
    """Return the round whose card a button turns over; None if it isn't such a button."""
    found = _BACK_ID.fullmatch(custom_id)
    return id_in(found) if found else None


def id_in(found: re.Match[str]) -> RoundId | None:
    """Return the round whose id stands first in a control's id; None if no round can have it."""
    round_id = int(found[1])
    return RoundId(round_id) if round_id < _LARGEST_ID else None


def round_in(components: Sequence[Json]) -> RoundId | None:
    """Return the round that a message with these rows asks."""
    ids = [control.get("custom_id", "") for row in components for control in row.get("components", ())]
    for custom_id in ids:
        for known in (_BUTTON_ID, _MENU_ID, _UNSENT_ID, _FORM_ID, _BACK_ID):
            if found := known.fullmatch(custom_id):
                return RoundId(int(found[1]))
    return None
