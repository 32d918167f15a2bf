"""One word means one thing: names and texts keep to the glossary in CONTRIBUTING."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
INSTEAD = {
    "place": "space for a server, workspace or room; position for a number in a row; place is a rank in standings",
    "admin": "host",
    "racer": "among_fastest; a race is between teams",
    "racing": "fastest; a race is between teams",
    "races": "among_fastest; a race is between teams",
    "drawing": "question_draw, team_draw; pictures are painted",
}
"""Words that names don't use, and what says it."""
RANKED = (
    *("bot/domain/leagues.py", "bot/domain/standings.py", "bot/domain/team_race.py", "bot/domain/weeks.py"),
    *("bot/domain/own_weeks.py", "bot/rendering/digests.py"),
    *("bot/ports/__init__.py", "bot/ports/leagues.py", "bot/ports/records.py", "bot/storage/boards.py"),
    *("bot/rendering/boards.py", "bot/rendering/season*.py", "bot/rendering/week*.py", "bot/rendering/cards/*.py"),
    *("bot/services/standings/*.py", "bot/cli/scores.py", "adapters/web/boards.py"),
)
"""Where standings are made and shown."""
NAMES_ALLOWED = {
    **dict.fromkeys(("place", "places", "_place", "_PLACE", "_PLACE_WIDTH", "OwnPlace", "place_of"), RANKED),
    **dict.fromkeys(("place_teams", "final_place", "paint_place"), RANKED),
    # Slack's own word for the people who may manage a workspace:
    **dict.fromkeys(("is_admin", "_find_admin"), ("adapters/slack/*.py",)),
    # the column is older than the glossary:
    "races": ("bot/storage/people.py", "bot/storage/linking.py"),
}
"""Names that have such a word, with the files where it is right."""
TEXTS_ALLOWED = {
    "Place": "a rank",
    "same place": "a rank",
    "up {number} place": "a rank",
    "down {number} place": "a rank",
    "Score: the mean of those who answered; below {full}": "a rank",
    "{place}. {name}": "a rank",
    "Open /slack/install once more, as an admin": "Slack lets its own admins alone do it",
}
"""How texts begin that may have such a word, with the reason."""


def words(name: str) -> set[str]:
    """The words of an identifier: those of ``OwnPlace`` and ``own_place`` are the same."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def forbidden(found: set[str]) -> set[str]:
    return {word for word in INSTEAD if found & {word, f"{word}s"}}


def names_in(source: str) -> Iterator[str]:
    """Every name that a program gives or uses: of functions, classes, arguments, variables, attributes, modules."""
    for node in ast.walk(ast.parse(source)):
        for field in ("name", "id", "arg", "attr", "asname"):
            if isinstance(name := getattr(node, field, None), str):
                yield from name.split(".")


def complaints(path: str, source: str) -> set[str]:
    """The names of a file that the glossary has another word for."""
    return {
        f"{path}: {name} ({INSTEAD[word]})"
        for name in {Path(path).stem, *names_in(source)}
        for word in forbidden(words(name))
        if not any(fnmatch(path, where) for where in NAMES_ALLOWED.get(name, ()))
    }


def types_of(source: str) -> Iterator[str]:
    """The types that a module defines, as classes or as other names of types."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        if isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def docstrings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def glossary() -> Iterator[tuple[str, str]]:
    """The rows of the glossary: a word, and the name that stands for it in the program, if any."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for row in re.findall(r"^\| \*\*(.*)\|$", text.partition("## Words")[2].partition("\n## ")[0], re.MULTILINE):
        word, _meaning, code = (cell.strip() for cell in row.split(" | "))
        yield word.strip("*"), code.strip("`")


GLOSSARY = dict(glossary())


def test_names_keep_to_the_glossary() -> None:
    files = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("adapters/**/*.py")]
    sources = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}
    released = "bot/storage/migrations/versions/"  # never edited
    found = {name for path, source in sources.items() if released not in path for name in complaints(path, source)}
    assert sorted(found) == []


def test_docstrings_keep_to_the_glossary() -> None:
    """But for “place”, which means too many things in a sentence; identifiers in a sentence are names."""
    found = [
        f"{path}: {text}"
        for path in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("adapters/**/*.py")]
        for text in docstrings(path.read_text(encoding="utf-8"))
        if forbidden(set(re.findall(r"\b[a-z]+\b", text.lower()))) - {"place"}
    ]
    assert found == []


def test_texts_keep_to_the_glossary() -> None:
    with (ROOT / "bot/locale/messages.pot").open("rb") as lines:
        ids = [message.id for message in read_po(lines) if message.id]
    texts = [text for one in ids for text in (one if isinstance(one, tuple) else [one])]
    wrong = [
        text
        for text in texts
        if forbidden(set(re.findall(r"[a-z]+", text.lower()))) and not text.startswith(tuple(TEXTS_ALLOWED))
    ]
    assert wrong == []
    unused = [start for start in TEXTS_ALLOWED if not any(text.startswith(start) for text in texts)]
    assert unused == []


@pytest.mark.parametrize(
    ("path", "source", "name"),
    [
        ("bot/services/chat/dispatch.py", "def admins_of_place(): ...", "admins_of_place"),
        ("bot/domain/standings.py", "def admins_of_place(): ...", "admins_of_place"),
        ("bot/services/leagues/joining.py", "for place in (): ...", "place"),
        ("bot/domain/codes.py", "class OwnPlace: ...", "OwnPlace"),
        ("bot/domain/commands.py", "lambda is_admin: 0", "is_admin"),
        ("adapters/web/admin.py", "", "admin"),
        ("bot/services/pictures.py", "from bot.rendering.cards import drawing", "drawing"),
    ],
)
def test_a_name_against_the_glossary_is_noticed(path: str, source: str, name: str) -> None:
    assert any(f"{path}: {name} (" in complaint for complaint in complaints(path, source))


@pytest.mark.parametrize("name", NAMES_ALLOWED)
def test_every_exception_is_needed(name: str) -> None:
    paths = {path for where in NAMES_ALLOWED[name] for path in ROOT.glob(where.replace("/*.py", "/**/*.py"))}
    assert any(name in set(names_in(path.read_text(encoding="utf-8"))) for path in paths)


@pytest.mark.parametrize("word", GLOSSARY)
def test_what_the_glossary_names_is_in_the_program(word: str) -> None:
    if GLOSSARY[word]:
        module, _, name = GLOSSARY[word].rpartition(".")
        assert hasattr(import_module(module), name)


def test_a_name_of_the_glossary_is_given_once() -> None:
    given: dict[str, set[str]] = {}
    for path in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("adapters/**/*.py")]:
        for name in types_of(path.read_text(encoding="utf-8")):
            given.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    names = {name.rpartition(".")[2] for name in GLOSSARY.values()}
    assert {name: paths for name, paths in given.items() if name in names and len(paths) > 1} == {}


def test_the_glossary_has_every_word_that_stands_in_for_another() -> None:
    assert {
        "Space",
        "Host",
        "Place",
        "Position",
        "Race",
        "Draw",
        "Key",
        "Standing",
        "Check",
        "Sheet",
        "Preview",
    } <= GLOSSARY.keys()
