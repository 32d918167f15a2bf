"""Says what is wrong with a bank in the project's own format, in words for the person who wrote it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from jsonschema.exceptions import ValidationError

from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.importers.writing.bank import BANK_FORMAT

_UNQUOTED = bool | int | float | date
"""What YAML takes some words and figures for: ``yes``, ``1984``, ``2026-01-31``."""


def problem(error: ValidationError) -> str:
    """Say what is wrong with a value in a bank, and what to do about it."""
    wanted: Any = error.validator_value
    rule: Any = error.schema
    if error.validator == "not":
        return _misplaced(list(error.absolute_path))
    if error.validator == "required":
        held: Any = error.instance
        return _missing(set(wanted) - set(held))
    if error.validator == "dependentRequired":
        given: Any = error.instance
        return _missing({name for other in wanted if other in given for name in wanted[other]} - set(given))
    if error.validator == "additionalProperties":
        known: Mapping[str, Any] = rule["properties"]
        unknown = [name for name in _names(error.instance) if name not in known]
        message = ngettext(
            "{names} isn't known here. Use one of: {known}.",
            "{names} aren't known here. Use some of: {known}.",
            len(unknown),
        )
        return message.format(names=_quoted(unknown), known=", ".join(known))
    if error.validator == "pattern":
        shown = str(error.instance)[:60]
        return _("“{value}” isn't valid. {description}").format(value=shown, description=rule.get("description", ""))
    if error.validator == "type" and wanted == "string" and isinstance(error.instance, _UNQUOTED):
        wanted = "quoted"
    if error.validator == "type" and isinstance(wanted, list):
        wanted = "accepted" if "object" in wanted else "number"
    pictured = isinstance(error.instance, Mapping) and "image" in error.instance
    told = _messages().get("picture" if pictured else str(error.validator), "")
    return told.format(wanted=_spoken(wanted)) if told else error.message[:200]


def _missing(names: Collection[str]) -> str:
    text = ngettext("{names} is missing. Add it.", "{names} are missing. Add them.", len(names))
    return text.format(names=_quoted(sorted(names)))


def in_words(path: Sequence[str | int]) -> str:
    """Return a path of keys and positions as people say it: ``question 3, choice 2, text``."""
    one = {
        "questions": _("question"),
        "choices": _("choice"),
        "accepted": _("accepted answer"),
        "near_misses": _("near miss"),
        "items": _("item"),
        "pairs": _("pair"),
        "distractors": _("distractor"),
        "topics": _("topic"),
        "tags": _("tag"),
    }
    words: list[str] = []
    for before, step, following in zip(["", *path], path, [*path[1:], ""], strict=False):
        if isinstance(step, int) and isinstance(before, int):
            words.append(_("text {number}").format(number=step + 1))
        elif isinstance(step, int) and words:
            words[-1] = f"{words[-1]} {step + 1}"
        else:
            words.append(one.get(str(step), str(step)) if isinstance(following, int) else str(step))
    return ", ".join(words)


def _misplaced(path: Sequence[str | int]) -> str:
    name = str(path[-1])
    if name == "kind" or "choices" in path[:-1]:
        return _("“{name}” needs “format: {format}” at the top.").format(name=name, format=BANK_FORMAT)
    if isinstance(path[-2], int) and path[-3] == "questions":
        return _("A question of this kind has no “{name}”. Remove it, or change “kind”.").format(name=name)
    return _("“{name}” doesn't go with the rest. Remove it.").format(name=name)


def _messages() -> dict[str, str]:
    return {
        "type": _("This must be {wanted}."),
        "picture": _(
            "Only a question itself and the choices of a multiple-choice question can have pictures. "
            "Write this as text."
        ),
        "enum": _("This must be one of: {wanted}."),
        "const": _("This must be “{wanted}”."),
        "minItems": _("List at least {wanted}."),
        "maxItems": _("At most {wanted} are allowed."),
        "minLength": _("This must not be empty."),
        "maxLength": _("At most {wanted} characters are allowed."),
        "uniqueItems": _("Each entry can be listed here only once."),
        "minProperties": _("This must not be empty."),
        "minimum": _("This must be at least {wanted}."),
        "exclusiveMinimum": _("This must be more than {wanted}."),
        "oneOf": _("This must be a number from 1 to 25, or “all”."),
    }


def _spoken(wanted: Any) -> str:  # noqa: ANN401  # a schema's values are of any kind
    kinds = {
        "string": _("text"),
        "quoted": _("text: put it in quotes"),
        "array": _("a list"),
        "object": _("names with values"),
        "boolean": _("true or false"),
        "number": _("a number"),
        "accepted": _("a number, or a value with a tolerance"),
    }
    if isinstance(wanted, list):
        return ", ".join(map(str, wanted))
    return kinds.get(str(wanted), str(wanted))


def _names(instance: Any) -> list[str]:  # noqa: ANN401  # what a file holds is of any kind
    return [str(name) for name in instance]


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
