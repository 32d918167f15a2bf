"""The container image begins with one base image, named by its digest."""

import re
from pathlib import Path

DOCKERFILE = Path(__file__).parents[2] / "Dockerfile"
BASES = re.findall(r"^FROM (\S+)", DOCKERFILE.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_base_image_is_pinned_by_a_digest():
    assert BASES
    assert [base for base in BASES if not re.fullmatch(r"python:3\.13-slim@sha256:[0-9a-f]{64}", base)] == []


def test_both_stages_stand_on_the_same_base():
    assert len(set(BASES)) == 1
