"""How much the tests try: a little in `make test`, the same each time; very much in `make soak`, with new examples."""

import os

LONG = bool(os.environ.get("SOAK"))
"""Whether this run includes the long tests."""

EXAMPLES = 500 if LONG else 25
"""How many examples Hypothesis tries for a test; one that needs more of them asks for a multiple."""
