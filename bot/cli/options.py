"""The options that many commands have."""

from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[Path | None, typer.Option("--config", help="The settings file (TOML).")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as one JSON document.")]
