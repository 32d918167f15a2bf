"""Discord's limits on buttons and menus."""

from tests.platforms.discord.errors import Form
from tests.platforms.discord.model import Json

Path = tuple[str | int, ...]

ROW, BUTTON, MENU = 1, 2, 3
_LINK = 5

ROWS, BUTTONS, CUSTOM_ID, LABEL, OPTIONS, OPTION_TEXT, PLACEHOLDER = 5, 5, 100, 80, 25, 100, 150


def check_components(rows: list[Json], form: Form, path: Path) -> None:
    """Note in ``form`` what Discord refuses in the rows of a message."""
    form.count(path, rows, ROWS)
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if form.one_of((*path, index, "type"), row.get("type"), (ROW,)):
            _check_row(row.get("components") or [], form, (*path, index, "components"), seen)


def _check_row(controls: list[Json], form: Form, path: Path, seen: set[str]) -> None:
    form.count(path, controls, BUTTONS, fewest=1)
    if len(controls) > 1 and any(control.get("type") == MENU for control in controls):
        message = "The specified component exceeds the maximum width"
        form.refuse((*path, 1), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)
    for index, control in enumerate(controls):
        where = (*path, index)
        if not form.one_of((*where, "type"), control.get("type"), (BUTTON, MENU)):
            continue
        if control["type"] == BUTTON:
            _check_button(control, form, where)
        else:
            check_menu(control, form, where)
        check_unique(control.get("custom_id"), form, where, seen)


def _check_button(button: Json, form: Form, path: Path) -> None:
    form.one_of((*path, "style"), button.get("style"), (1, 2, 3, 4, 5, 6))
    form.length((*path, "label"), button.get("label"), LABEL)
    if not button.get("label") and not button.get("emoji"):
        form.refuse(path, "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or emoji")
    if button.get("style") == _LINK:
        form.length((*path, "url"), button.get("url"), 512, fewest=1)
    else:
        form.length((*path, "custom_id"), button.get("custom_id"), CUSTOM_ID, fewest=1)


def check_menu(menu: Json, form: Form, path: Path) -> None:
    """Note in ``form`` what Discord refuses in a menu of a message or modal."""
    options = menu.get("options") or []
    form.length((*path, "custom_id"), menu.get("custom_id"), CUSTOM_ID, fewest=1)
    form.length((*path, "placeholder"), menu.get("placeholder"), PLACEHOLDER)
    form.count((*path, "options"), options, OPTIONS, fewest=1)
    fewest, most = bounds(menu)
    form.between((*path, "min_values"), fewest, 0, OPTIONS)
    form.between((*path, "max_values"), most, max(fewest, 1), len(options) or OPTIONS)
    values: set[str] = set()
    for index, option in enumerate(options):
        where = (*path, "options", index)
        form.length((*where, "label"), option.get("label"), OPTION_TEXT, fewest=1)
        form.length((*where, "value"), option.get("value"), OPTION_TEXT, fewest=1)
        form.length((*where, "description"), option.get("description"), OPTION_TEXT)
        if option.get("value") in values:
            message = "The specified option value is already used"
            form.refuse((*where, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
        values.add(str(option.get("value")))
    if sum(bool(option.get("default")) for option in options) > most:
        form.refuse((*path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "Too many options are chosen by default")


def bounds(menu: Json) -> tuple[int, int]:
    """Return the fewest and the most values that a menu takes; one each unless it says otherwise."""
    fewest, most = menu.get("min_values"), menu.get("max_values")
    return (1 if fewest is None else int(fewest)), (1 if most is None else int(most))


def check_unique(custom_id: str | None, form: Form, path: Path, seen: set[str]) -> None:
    """Note a custom_id that has been ``seen`` before, and add it to those."""
    if custom_id is None:
        return
    if custom_id in seen:
        message = "Component custom id cannot be duplicated"
        form.refuse((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message)
    seen.add(custom_id)
