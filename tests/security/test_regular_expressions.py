"""Every regular expression of the product takes time in step with the text, whatever the text is."""

import ast
import importlib
import json
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from time import thread_time
from typing import Any, NamedTuple

import pytest

from bot.importers.checks import truncation
from bot.importers.checks.truncation import LONGEST_WORD
from bot.importers.reading.text import _clean
from bot.resources import resource
from tests.security.pumps import ENDS, pumps

ROOT = Path(__file__).parents[2]
USES = {
    f"re.{use}" for use in ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")
}
CLEANED = ("bot.importers.reading.", "bot.importers.formats.")
"""What reads lines only, which have no wide gaps any more."""
SHORT = 2_000
"""Characters of the shorter text; the longer has twice as many."""
TIMES = (1, 2, 4)
"""How many times as long the texts are in the end: a busy machine slows one of a few milliseconds down by chance."""
PER_CHARACTER_S = 0.75e-6
"""What takes longer than this is tried with both texts: a text of 1 MB is done in a second."""
SHOWN_THE_END_ONLY = {truncation._LAST_WORD.pattern}
PUT_TOGETHER = {
    "bot.domain.selection: name": "one of nine words",
    "bot.importers.example.pattern: f'\\\\s*{_joined(before)}'": "literal texts and short fields",
    "bot.testing: '.*'.join(map(re.escape, expected.split('…')))": "a test's own expectation",
}
"""Expressions that are known only when they are used, with why that is no danger."""


def modules() -> Iterator[tuple[str, Path]]:
    """The product's modules that use regular expressions."""
    for path in sorted(path for folder in ("bot", "adapters") for path in (ROOT / folder).rglob("*.py")):
        if "import re\n" in path.read_text(encoding="utf-8"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


MODULES = dict(modules())


class Expression(NamedTuple):
    """A regular expression, how it is used, and what comes before it."""

    where: str
    pattern: re.Pattern[str]
    use: str
    cleaned: bool = False


def expressions(name: str, path: Path) -> Iterator[Expression]:
    """The regular expressions in a module, evaluated among the module's own names."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    calls = [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) in USES]
    names = vars(importlib.import_module(name)) if calls else {}
    for call in calls:
        where = f"{name}:{call.lineno}"
        options = [*call.args[1:], *(word.value for word in call.keywords)]
        flags = [evaluated(one, names) for one in options if ast.unparse(one).startswith("re.")]
        try:
            pattern = evaluated(call.args[0], names)
        except NameError:
            assert f"{name}: {ast.unparse(call.args[0])}" in PUT_TOGETHER, f"{where}: make the expression a constant"
            continue
        if isinstance(pattern, bytes):
            pattern = pattern.decode()
        use = ast.unparse(call.func).removeprefix("re.")
        if use == "compile":
            use = how_used(nodes, call)
        yield Expression(where, re.compile(pattern, sum(flags)), use, name.startswith(CLEANED))


def how_used(nodes: list[ast.AST], call: ast.Call) -> str:
    """``match`` or ``fullmatch`` where a compiled expression is used for nothing else in its module."""
    named = [node.targets[0].id for node in nodes if isinstance(node, ast.Assign) and node.value is call]
    mentions = [node for node in nodes if isinstance(node, ast.Name) and named == [node.id]]
    uses = {node.attr for node in nodes if isinstance(node, ast.Attribute) and node.value in mentions}
    elsewhere = len(mentions) - 1 - sum(isinstance(n, ast.Attribute) and n.value in mentions for n in nodes)
    return uses.pop() if len(uses) == 1 and not elsewhere and uses <= {"match", "fullmatch"} else "finditer"


def evaluated(node: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "expression", "eval"), dict(names))  # noqa: S307 - the product's own source


def in_the_schema() -> Iterator[Expression]:
    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            yield from (value for key, value in node.items() if key == "pattern" and isinstance(value, str))
            for value in node.values():
                yield from walk(value)

    for pattern in walk(json.loads(resource("data", "bank.schema.json").read_text(encoding="utf-8"))):
        yield Expression(f"bank.schema.json: {pattern}", re.compile(pattern), "search")


def seconds(one: Expression, text: str) -> float:
    """Processor time to find every match in a text."""
    began = thread_time()
    if one.use in {"match", "fullmatch"}:
        getattr(one.pattern, one.use)(text)
    else:
        deque(one.pattern.finditer(text), maxlen=0)
    return thread_time() - began


def _shown(one: Expression, text: str) -> str:
    """What of a text the expression gets to see."""
    if one.cleaned:
        text = _clean(1, text.replace("\n", " ")).text
    return text[-LONGEST_WORD:] if one.pattern.pattern in SHOWN_THE_END_ONLY else text


def too_slow(one: Expression, size: int = SHORT) -> str:
    """The text that the expression is too slow on, in words; empty where there is none."""
    for lead, pump in pumps(one.pattern.pattern, one.pattern.flags & ~re.UNICODE):
        for end in ENDS:
            if all((told := _more_than_twice(one, (lead, pump, end), times * size)) for times in TIMES):
                return told
    return ""


def _more_than_twice(one: Expression, text: tuple[str, str, str], size: int) -> str:
    """The text in words if twice as long a one takes far more than twice the time; empty if not."""
    lead, pump, end = text
    limit = 2 * size * PER_CHARACTER_S
    whole = _shown(one, lead + pump * (2 * size // len(pump)) + end)
    if seconds(one, whole) <= limit:
        return ""
    half = _shown(one, lead + pump * (size // len(pump)) + end)
    # A busy machine may have been in the way once: the best of some tries counts.
    fast, slow = (min(seconds(one, text) for _try in range(3)) for text in (half, whole))
    if slow <= limit or slow <= 3 * fast:
        return ""
    return f"{lead!r} + {pump!r} × {size // len(pump)} + {end!r}: {fast:.3f} s, twice as long {slow:.3f} s"


@pytest.mark.parametrize("name", MODULES)
def test_twice_the_text_takes_twice_the_time(name: str) -> None:
    assert [(one.where, slow) for one in expressions(name, MODULES[name]) if (slow := too_slow(one))] == []


def test_what_the_schema_of_banks_expects_is_found_in_step_with_the_text() -> None:
    assert [(one.where, slow) for one in in_the_schema() if (slow := too_slow(one))] == []


@pytest.mark.parametrize(
    "pattern", [r"\s+$", r"A(?:, A)* is", r"<[^>]*>", r"<@[A-Z]+(?:x[^>]*)?>", r"\s*[-–]\s*", r"^ *\{? *:"]
)
def test_an_expression_that_goes_back_and_forth_is_noticed(pattern: str) -> None:
    assert too_slow(Expression("here", re.compile(pattern), "search"))
