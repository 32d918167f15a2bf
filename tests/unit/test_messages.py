"""The template for translations holds the texts that the program has."""

import ast
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "bot" / "locale" / "messages.pot"


def message_ids(file: Path) -> set[tuple[str | None, str | tuple[str, ...]]]:
    """The context of each message, if it has one, and its English."""
    with file.open("rb") as lines:
        catalog = read_po(lines)
    return {
        (message.context, tuple(message.id) if isinstance(message.id, list) else message.id)
        for message in catalog
        if message.id
    }


def test_the_committed_template_is_what_make_messages_writes(tmp_path: Path) -> None:
    recipe = next(line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "pybabel" in line)
    options = recipe.split("pybabel", 1)[1].replace("bot/locale/messages.pot", str(tmp_path / "fresh.pot")).split()
    program = "from babel.messages.frontend import main; main()"

    subprocess.run([sys.executable, "-W", "ignore", "-c", program, *options], cwd=ROOT, check=True)

    fresh, committed = message_ids(tmp_path / "fresh.pot"), message_ids(TEMPLATE)
    assert (fresh - committed, committed - fresh) == (set(), set()), "run `make messages` and commit the template"


def test_every_text_is_found_also_where_it_stands_inside_another() -> None:
    """Babel looks into f-strings only from Python 3.12 on; with every Python the template must be the same."""
    texts = set()
    for path in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("adapters/**/*.py")]:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "later"}:
                texts |= {one.value for one in call.args if isinstance(one, ast.Constant)}
    assert len(texts) > 300
    ids = {one for _context, one in message_ids(TEMPLATE)}
    ids |= {one[0] for one in ids if isinstance(one, tuple)}  # one of a number is found where its plural is
    assert texts - ids == set(), "take it out of the f-string, then run `make messages`"


def test_texts_of_code_and_of_pages_are_both_there() -> None:
    ids = message_ids(TEMPLATE)
    assert (None, "Question of the day") in ids
    assert (None, "Join the room") in ids
    assert (None, ("{number} answered.", "{number} answered.")) in ids
    assert ("period", "Time") in ids
