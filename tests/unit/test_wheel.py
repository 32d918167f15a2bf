"""An installed wheel works without the checkout it was built from."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import bot, json, sys
from bot.resources import resource
assert bot.__file__.startswith(sys.argv[1]), bot.__file__
json.loads(resource("data", "bank.schema.json").read_text(encoding="utf-8"))
for bank in ("machine-learning-on-aws", "machine-learning-facts", "machine-learning-in-order-and-pairs"):
    assert resource("data", f"{bank}.yaml").is_file()
from bot.storage.schema import newest_revision
print(newest_revision())
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel, built and unpacked as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_banks_schema_and_migrations_come_with_it(installed, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", "-c", PROGRAM, str(installed)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip().isdigit()


def test_it_holds_everything_that_is_not_python_too(installed):
    for folder in ("bot", "adapters"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
                assert (installed / path.relative_to(ROOT)).is_file(), path
    for folder in ("data", "config"):
        for path in (ROOT / folder).rglob("*.*"):
            if path.name != "quizbot.toml":
                assert (installed / "bot" / "resources" / path.relative_to(ROOT)).is_file(), path


def test_it_holds_nothing_that_belongs_to_the_checkout_alone(installed):
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == {"bot", "adapters"}
