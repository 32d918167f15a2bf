"""The command line, as tests of it run it."""

from tests.unit.conftest import here, run

__all__ = ["here", "run"]
