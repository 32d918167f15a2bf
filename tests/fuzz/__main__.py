"""``python -m tests.fuzz``: try changed files on the readers of all formats, or of some, for a time.

What leads to new code is kept in ``var/fuzz/FORMAT/``, where the next run goes on. A file that breaks a promise is
kept beside that, as ``var/fuzz/FORMAT.crash-…`` (or ``timeout-…``, ``oom-…``).
"""

import argparse
import os
import re
import sys
from contextlib import redirect_stderr
from functools import partial
from io import StringIO
from pathlib import Path
from random import Random

try:
    import atheris
except ImportError:
    sys.exit("The fuzzer, Atheris, isn't installed: it has packages for Linux on x86-64 alone. There, run make fuzz.")

with redirect_stderr(StringIO()), atheris.instrument_imports(include=["bot"]):  # it names each module
    from tests.fuzz.folding import flat
    from tests.fuzz.promises import SLOW_S, keep_promises
    from tests.fuzz.seeds import seeds

    SEEDS = {name: [*map(flat, files)] for name, files in seeds().items()}
    for _name, _files in SEEDS.items():
        for _file in _files:
            keep_promises(_name, _file)  # this also loads what a format loads when it is needed

from bot.apart.reader import Limits
from bot.apart.restraint import limit_memory
from tests.fuzz.changing import rearranged

VAR = Path("var/fuzz")
_RUNS = re.compile(r"^(?:#|stat::number_of_executed_units: )(\d+)", re.MULTILINE)
_FAILURE = re.compile(r"^ === Uncaught.*|^==\d+== ERROR.*", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Fuzz, print how many files were tried in each format, and return 1 if any broke a promise."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(SEEDS)}; all if none is named")
    parser.add_argument("--seconds", type=int, default=60, help="for all formats together")
    wanted = parser.parse_args()
    names = wanted.formats or [*SEEDS]
    if unknown := [name for name in names if name not in SEEDS]:
        parser.error(f"There is no format {unknown[0]}.")
    broken = 0
    for name in names:
        runs, failure = _fuzzed(name, max(wanted.seconds // len(names), 1))
        print(f"{name}: {runs} files", failure, sep="\n" if failure else "", flush=True)
        broken |= bool(failure)
    return broken


def _fuzzed(name: str, seconds: int) -> tuple[int, str]:
    """Fuzz one format in a process of its own; return how many files were tried, and how a promise was broken."""
    corpus, log = VAR / name, VAR / f"{name}.log"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed)
    child = os.fork()
    if not child:
        _fuzz(name, seconds, log)
    _child, status = os.waitpid(child, 0)
    said = log.read_text(encoding="utf-8", errors="replace")
    runs = max(map(int, _RUNS.findall(said)), default=0)
    failure = _FAILURE.search(said)
    return runs, (failure[0] if failure else said) if status else ""


def _fuzz(name: str, seconds: int, log: Path) -> None:
    """Fuzz in this process, and end it."""
    with log.open("wb") as told:
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
    limit_memory(Limits().memory)
    options = [
        f"-max_total_time={seconds}",
        f"-timeout={10 * int(SLOW_S)}",
        f"-artifact_prefix={VAR / name}.",
        "-print_final_stats=1",
    ]
    arguments = [sys.argv[0], str(VAR / name), *options]
    atheris.Setup(arguments, partial(keep_promises, name), custom_mutator=_changed)
    atheris.Fuzz()


def _changed(data: bytes, most: int, seed: int) -> bytes:
    """Change bytes or parts of a file, which may grow to ``most`` bytes."""
    chance = Random(seed)
    changed = rearranged(data, chance) if chance.getrandbits(1) else atheris.Mutate(data, most)
    return bytes(changed[:most])


if __name__ == "__main__":
    sys.exit(main())
