"""Imports point one way, and files stay small."""

import ast
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLATFORMS = {"discord", "slack_bolt", "slack_sdk"}
TEXTS = {".py", ".md", ".mako"}
"""Without the translations: what adapters say stands there, too."""
SERVED_OVER_HTTP = {"bot.application", "bot.health", "bot.site"}
LAYERS = [
    {"bot.i18n", "bot.metrics", "bot.security"},
    {"bot.domain"},
    {"bot.ports"},
    {"bot.rendering"},
    {"bot.services"},
    {"bot.settings", "bot.resources", "bot.system", "bot.logs", "bot.garbage", "bot.sqlite"},
    {"bot.storage", "bot.scheduling", "bot.importers"},
    {"bot.apart"},
    {"bot.application", "bot.health", "bot.site"},
    {"bot.bootstrap", "bot.process"},
    {"bot.testing"},
    {"adapters"},
    {"bot.cli"},
]
FREE = {"bot.settings", "bot.resources", "bot.system", "bot.logs", "bot.garbage", "bot.sqlite"}
"""They stand on their own: one may use another."""


def modules(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield path, ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path):
    """Every module that a file imports, wherever in it; `from bot import x` counts as `bot.x`."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(name):
    for height, packages in enumerate(LAYERS):
        if any(name == package or name.startswith(package + ".") for package in packages):
            return height
    return None


def within(name, *packages):
    return any(name == package or name.startswith(package + ".") for package in packages)


ALL = list(modules("bot", "adapters"))


def test_every_module_has_a_layer():
    assert [name for _, name in ALL if layer(name) is None and name != "bot"] == []


def test_imports_point_one_way():
    for path, name in ALL:
        mine = layer(name)
        for imported in imports(path):
            theirs = layer(imported)
            if theirs is None or mine is None:
                continue
            assert theirs <= mine, f"{name} imports {imported}, which stands above it"
            siblings = LAYERS[mine] - FREE
            own = next((package for package in siblings if within(name, package)), None)
            foreign = [package for package in siblings - {own} if within(imported, package)]
            assert not foreign, f"{name} imports {imported} beside it"


def test_no_modules_need_each_other():
    """Not even in a roundabout way, or inside a function."""
    known = {name for _, name in ALL}

    def needed(path):
        return {one if one in known else one.rpartition(".")[0] for one in imports(path)} & known

    needs = {name: needed(path) - {name} for path, name in ALL}
    tuple(TopologicalSorter(needs).static_order())  # CycleError: these modules need each other


def test_no_two_rooms_of_the_services_need_each_other():
    """A room is a folder of `bot.services`: whoever moves into one must not have to know the whole house."""
    rooms = {path.parent.name for path in (ROOT / "bot/services").glob("*/__init__.py")}
    needs = {room: set() for room in rooms}
    for path, name in ALL:
        if within(name, "bot.services") and (room := name.split(".")[2:3]) and room[0] in rooms:
            of_services = (imported.split(".")[2] for imported in imports(path) if within(imported, "bot.services"))
            needs[room[0]] |= {other for other in of_services if other in rooms} - {room[0]}
    tuple(TopologicalSorter(needs).static_order())  # CycleError: two rooms need each other


def test_the_domain_needs_nothing_but_the_standard_library():
    for path, name in [one for one in ALL if within(one[1], "bot.domain")]:
        for imported in imports(path):
            root = imported.split(".")[0]
            assert root in sys.stdlib_module_names or within(imported, "bot.domain", "bot.i18n"), f"{name}: {imported}"
            assert root not in {"asyncio", "socket", "sqlite3", "os", "pathlib", "secrets"}, (
                f"{name} does I/O: {imported}"
            )


def test_the_domain_has_no_clock_and_no_chance_of_its_own():
    for path, name in [one for one in ALL if within(one[1], "bot.domain")]:
        called = {ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)}
        forbidden = ("datetime.now", "datetime.utcnow", "date.today", "time.time", "Random", "random.random")
        assert not called & set(forbidden), name


def test_the_core_knows_no_platform():
    for path, name in [one for one in ALL if within(one[1], "bot")]:
        for imported in imports(path):
            root = imported.split(".")[0]
            assert root not in PLATFORMS, f"{name} imports {imported}"
            assert root != "aiohttp" or within(name, *SERVED_OVER_HTTP), f"{name} imports {imported}"
            assert not within(imported, "adapters", "tests"), f"{name} imports {imported}"


def test_the_core_names_no_platform():
    files = [one for one in sorted((ROOT / "bot").rglob("*")) if one.suffix in TEXTS]
    wrong = {
        str(one.relative_to(ROOT)): platform
        for one in files
        if one.parent.name != "versions"  # a migration speaks of what stands in old databases
        for platform in ("discord", "slack", "manage server")
        if platform in one.read_text(encoding="utf-8").casefold()
    }
    assert wrong == {}


def test_adapters_never_see_each_other_nor_the_storage():
    for path, name in [one for one in ALL if within(one[1], "adapters")]:
        own = ".".join(name.split(".")[:2])
        for imported in imports(path):
            if within(imported, "adapters"):
                assert within(imported, own, "adapters.common") or own == "adapters", f"{name} imports {imported}"
            assert not within(imported, "bot.storage", "bot.bootstrap", "bot.cli"), f"{name} imports {imported}"
            if own == "adapters.common":
                assert imported.split(".")[0] not in PLATFORMS, f"{name} imports {imported}"


TAKES_APART = {"len", "set", "frozenset", "sorted", "list", "tuple", "iter", "map", "sum", "min", "max", "isinstance"}


def of_a_kind(node):
    """Whether an expression is a response, or the key of a round; what else is called a key mypy knows by its type."""
    text = ast.unparse(node)
    return text.endswith(".response") or text in {"round_.key", "locked.key"}


def looks_into(node):
    """What a piece of syntax takes out of a response or a key; None: nothing."""
    match node:
        case ast.Call(func=ast.Name(id=called)) if called in TAKES_APART:
            inside = node.args
        case ast.Compare(ops=[ast.In() | ast.NotIn() | ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE()]):
            inside = [node.left, *node.comparators]
        case ast.BinOp():
            inside = [node.left, node.right]
        case ast.For() | ast.comprehension():
            inside = [node.iter]
        case ast.Subscript():
            inside = [node.value]
        case _:
            inside = []
    return next((ast.unparse(one) for one in inside if of_a_kind(one)), None)


ELSEWHERE = [one for one in ALL if not within(one[1], "bot.domain.kinds")]


def test_only_its_kind_looks_into_a_response_or_a_key():
    for path, name in ELSEWHERE:
        tree = parsed(path)
        inside = [one for one in imports(path) if within(one, "bot.domain.kinds") and one.count(".") > 3]
        assert inside == [], f"{name} imports the inside of a kind"
        for node in ast.walk(tree):
            assert looks_into(node) is None, f"{name} looks into {looks_into(node)}"
            if isinstance(node, ast.Attribute) and node.attr == "choices":
                assert not ast.unparse(node.value).endswith(("answer", "standing")), f"{name}: an answer has a response"
            if isinstance(node, ast.Subscript) and ast.unparse(node.slice) == "ChoiceId":
                assert ast.unparse(node.value) not in {"frozenset", "set", "AbstractSet"}, (
                    f"{name}: {ast.unparse(node)}"
                )


@pytest.mark.parametrize(
    "code",
    ["len(round_.key)", "1 in answer.response", "one.response & other", "[c for c in round_.key]", "one.response[0]"],
)
def test_looking_into_a_response_is_noticed(code):
    assert any(looks_into(node) for node in ast.walk(ast.parse(code)))


def reads_the_audit(node):
    """Whether a piece of syntax does more with the audit than add to it."""
    return isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith(".audit") and node.attr != "add"


NOT_FOR_PEOPLE = [one for one in ALL if not within(one[1], "bot.cli", "bot.storage")]


def test_the_audit_is_read_by_people_alone():
    """The command line shows it; what the program goes by stands in columns."""
    for path, name in NOT_FOR_PEOPLE:
        read = [ast.unparse(node) for node in ast.walk(parsed(path)) if reads_the_audit(node)]
        assert read == [], f"{name} reads the audit back"


@pytest.mark.parametrize("code", ["unit.audit.about(subject)", "self.unit.audit.of(action)", "t.audit.c.details"])
def test_reading_the_audit_is_noticed(code):
    assert any(reads_the_audit(node) for node in ast.walk(ast.parse(code)))


def test_there_is_no_python_among_data_and_settings():
    assert [path for folder in ("data", "config") for path in (ROOT / folder).rglob("*.py")] == []


@pytest.mark.parametrize("folder", ["bot", "adapters", "tests"])
def test_files_can_be_read_in_one_sitting(folder):
    long = {}
    for path, name in modules(folder):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if (
            lines > 400 and name != "bot.ports" and "migrations" not in name
        ):  # all ports in one place, with their promises
            long[name] = lines
    assert long == {}
