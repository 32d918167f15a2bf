"""SQL that is compiled once in a process of tests.

Each test opens the application on a database of its own, and SQLAlchemy would compile every statement again for each:
that took a quarter of the processor time of tests with a database.
"""

from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect, Engine

_dialects: dict[type[Dialect], Dialect] = {}
_compiled: dict[Any, Any] = {}


def _share(connection: Connection) -> None:
    """Give the engine of a new connection what the ones before it have compiled, which belongs to their dialect."""
    engine = connection.engine
    if "compiled_cache" not in engine.get_execution_options():
        engine.dialect = connection.dialect = _dialects.setdefault(type(engine.dialect), engine.dialect)
        engine.update_execution_options(compiled_cache=_compiled)
        connection.execution_options(compiled_cache=_compiled)  # it was made before the engine knew


def pytest_configure(config: pytest.Config) -> None:
    """Share what is compiled from now on."""
    event.listen(Engine, "engine_connect", _share)
