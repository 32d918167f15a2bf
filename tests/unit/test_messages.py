"""The template for translations holds the texts that the program has."""

import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "bot" / "locale" / "messages.pot"


def message_ids(file: Path) -> set[str | tuple[str, ...]]:
    with file.open("rb") as lines:
        catalog = read_po(lines)
    return {tuple(message.id) if isinstance(message.id, list) else message.id for message in catalog if message.id}


def test_the_committed_template_is_what_make_messages_writes(tmp_path: Path) -> None:
    recipe = next(line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "pybabel" in line)
    options = recipe.split("pybabel", 1)[1].replace("bot/locale/messages.pot", str(tmp_path / "fresh.pot")).split()
    program = "from babel.messages.frontend import main; main()"

    subprocess.run([sys.executable, "-W", "ignore", "-c", program, *options], cwd=ROOT, check=True)

    fresh, committed = message_ids(tmp_path / "fresh.pot"), message_ids(TEMPLATE)
    assert (fresh - committed, committed - fresh) == (set(), set()), "run `make messages` and commit the template"


def test_texts_of_code_and_of_pages_are_both_there() -> None:
    ids = message_ids(TEMPLATE)
    assert "Question of the day" in ids
    assert "Join the room" in ids
    assert ("{number} answered.", "{number} answered.") in ids
