"""The bill of materials names every package of the lock, and is the same each time."""

import json
import subprocess
import sys
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement

from tests.supply.fonts import FONTS
from tests.supply.sbom import declared_license, pins

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"


def write(folder, seed):
    command = [sys.executable, "-m", "tests.supply.sbom", str(LOCK), str(folder / "deep" / "sbom.json")]
    done = subprocess.run(
        command, cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return (folder / "deep" / "sbom.json").read_bytes()


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write(tmp_path_factory.mktemp("sbom"), "0")


@pytest.fixture(scope="module")
def components(written):
    listed = json.loads(written)["components"]
    return {component["name"]: component for component in listed if component["type"] == "library"}


def test_it_is_cyclonedx_1_6(written):
    assert json.loads(written)["specVersion"] == "1.6"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(written.decode()) is None


def test_every_package_of_the_lock_stands_in_it_with_version_and_hashes(components):
    name, found = None, {}
    for line in LOCK.read_text().splitlines():  # read in another way than the program does
        if line[:1].isalnum():
            requirement = Requirement(line.rstrip("\\"))
            name = requirement.name
            found[name] = (str(requirement.specifier).removeprefix("=="), set())
        elif "--hash=" in line:
            found[name][1].add(line.strip(" \\").removeprefix("--hash=sha256:"))
    told = {
        component["name"]: (component["version"], {entry["content"] for entry in component["hashes"]})
        for component in components.values()
    }
    assert told == found
    assert all(digests for _, digests in found.values())


def test_every_font_that_comes_with_quizbot_stands_in_it(written):
    listed = json.loads(written)["components"]
    told = {component["name"]: component for component in listed if component["type"] == "file"}
    manifest = json.loads((ROOT / FONTS / "manifest.json").read_text(encoding="utf-8"))
    assert {name: component["hashes"][0]["content"] for name, component in told.items()} == {
        line["file"]: line["sha256"] for line in manifest
    }
    assert all(component["licenses"] for component in told.values())


def test_every_installed_package_of_the_lock_has_a_licence(components):
    for name, component in components.items():
        try:
            metadata(name)
        except PackageNotFoundError:
            continue
        assert component["licenses"], name


def test_the_same_lock_gives_the_same_bytes(written, tmp_path):
    assert write(tmp_path, "7") == written


def test_markers_and_comments_are_no_part_of_a_pin():
    one = "a==1 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via c\n"
    two = one + "b-c==2 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "1" * 64 + "\n"
    assert [(pin.name, pin.version, len(pin.hashes)) for pin in pins(two)] == [("a", "1", 1), ("b-c", "2", 1)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([("License-Expression", "MIT AND PSF-2.0")], "MIT AND PSF-2.0"),
        ([("License", "Apache-2.0")], "Apache-2.0"),
        ([("License", "The whole text " * 20), ("Classifier", "License :: OSI Approved :: MIT License")], "MIT"),
        ([("Classifier", "License :: Some Own License")], "Some Own License"),
        ([("Classifier", "Typing :: Typed")], None),
    ],
)
def test_a_licence_is_what_the_package_declares(fields, expected):
    declared = Message()
    for field, value in fields:
        declared[field] = value
    assert declared_license(declared) == expected
