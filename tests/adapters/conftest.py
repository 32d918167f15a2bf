"""The stage that a test of every platform is played on, three times over."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.adapters import stages
from tests.adapters.stages import PLATFORMS, Stage

OpenStage = Callable[[], AbstractAsyncContextManager[Stage]]


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each platform in turn; no proxy stands between it and the bot."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    return str(request.param)


@pytest.fixture
def open_stage(platform: str, tmp_path: Path, migrated_file: Path) -> OpenStage:
    """Opens the platform with a bot that runs, and nobody there yet; each time anew."""
    return lambda: stages.open_stage(platform, tmp_path, migrated_file)


@pytest.fixture
async def stage(open_stage: OpenStage) -> AsyncIterator[Stage]:
    """The platform, opened once."""
    async with open_stage() as stage:
        yield stage
