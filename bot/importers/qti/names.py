"""Makes the names of elements and attributes the same in all versions: those of version 2."""

import re
from functools import lru_cache

_WORD = re.compile("-([a-z0-9])")


@lru_cache(maxsize=1_000)
def plain_name(name: str) -> str:
    """Return a name without its namespace; ``qti-choice-interaction`` of version 3 is ``choiceInteraction``."""
    local = name.rpartition("}")[2].rpartition(":")[2]
    return _WORD.sub(lambda found: found[1].upper(), local.removeprefix("qti-"))
