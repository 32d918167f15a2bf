"""``python -m tests.supply.tables``: write the tables in docs/ that repeat what commands and formats declare.

A page marks where a table stands: ``<!-- NAME: written by make messages -->`` above it, ``<!-- end -->`` below it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from bot.domain.commands import Option, Slot, ValueKind
from bot.importers import FORMATS
from bot.services.chat.commands import Command
from bot.services.chat.commands.table import COMMANDS

DOCS = Path(__file__).parents[2] / "docs"
LONGEST = 80
"""A command that is spelled with more characters is listed with `…` in place of its named options."""
_MARKED = re.compile(r"(<!-- ([^:\n]+): written by make messages -->\n).*?(<!-- end -->)", re.DOTALL)


def renewed(page: str) -> str:
    """The text of a page with the tables as they should be."""
    return _MARKED.sub(lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n{found[3]}", page)


def marked(page: str) -> list[str]:
    """The names of the tables of a page."""
    return [name for _begin, name, _end in _MARKED.findall(page)]


def spelled(command: Command) -> str:
    """How a command is typed, with its options; if that is long, without the named ones."""
    options = [option for option in command.options if option.is_typed]
    words = ["/quiz", *command.name.removeprefix("quiz").split()]
    whole = " ".join((*words, *map(_option, options)))
    if len(whole) <= LONGEST:
        return whole
    return " ".join((*words, *(_option(option) for option in options if option.slot is not Slot.NAMED), "…"))


def _option(option: Option) -> str:
    """An option as a word of its command: ``[TOPIC]``, ``[confirm]``, ``on|off``, ``[days=…]``."""
    if option.slot is Slot.NAMED:
        return _named(option)
    word = option.name if option.kind is ValueKind.YES_NO else "|".join(option.choices) or option.name.upper()
    return word if option.required else f"[{word}]"


def _named(option: Option) -> str:
    """An option with its name, as every one can be typed."""
    value = "|".join(option.choices) or "…".join(map(str, option.bounds or ("", "")))
    word = f"{option.name}={'yes' if option.kind is ValueKind.YES_NO else value}"
    return word if option.required else f"[{word}]"


def _guide(*, for_hosts: bool) -> str:
    """What everybody can type, or what hosts can."""
    listed = [command for command in COMMANDS.values() if command.for_hosts == for_hosts]
    return _table(("Command", "Does"), ((_code(spelled(one)), _text(one.does)) for one in listed))


def _reference() -> str:
    """Every command, below it its options, and who may use them."""
    return _table(("Command", "Means", "For"), _reference_rows())


def _reference_rows() -> Iterator[tuple[str, ...]]:
    listed: dict[tuple[Option, ...], str] = {}
    for name, command in COMMANDS.items():
        yield _code(spelled(command)), _text(command.does), "hosts" if command.for_hosts else "everybody"
        if command.options in listed:
            yield "…", f"the same options as {_code(listed[command.options])}", ""
        elif command.options:
            listed[command.options] = name
            yield from map(_reference_row, command.options)


def _reference_row(option: Option) -> tuple[str, ...]:
    where = "" if option.in_menus else "; only where commands are typed"
    if not option.is_typed:
        where = "; only in Discord's menu"
    hosts = ", ".join(map(_code, option.hosts_choices))
    return f"… {_code(_named(option))}", f"{_text(option.about)}{where}", f"{hosts}: hosts" if hosts else ""


def _formats() -> str:
    return _table(("Format", "For"), ((_code(known.name), _text(known.about)) for known in FORMATS))


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [tuple(heads), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    first, *others = (f"| {' | '.join(cells)} |\n".replace("|  |", "| |") for cells in lines)
    return "".join((first, "|---" * len(lines[0]), "|\n", *others))


def _text(declared: object) -> str:
    """A declared line, escaped so that Markdown shows it unchanged."""
    return re.sub(r"([*_<`\\])", r"\\\1", str(declared))


def _code(text: str) -> str:
    return f"`{text}`"


TABLES: Mapping[str, Callable[[], str]] = {
    "commands for everybody": lambda: _guide(for_hosts=False),
    "commands for hosts": lambda: _guide(for_hosts=True),
    "commands": _reference,
    "formats": _formats,
}

if __name__ == "__main__":
    for path in sorted(DOCS.glob("*.md")):
        path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
