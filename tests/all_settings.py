"""The bot's settings and its adapters', from one row of names."""

from functools import cache
from typing import Any

from bot.settings import Settings, adapter_kinds

_kinds = cache(adapter_kinds)  # looking through all installed packages takes as long as a small test


def settings_of(**values: Any) -> Settings:
    """Settings with those of every adapter beside them; each takes the values that it has names for."""
    kinds = _kinds()
    own = {kind: {name: values.pop(name) for name in kind.model_fields.keys() & values.keys()} for kind in kinds}
    return Settings(**values).beside(*(kind(**own[kind]) for kind in kinds))
