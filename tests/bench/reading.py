"""``python -m tests.bench.reading FILE``: how many questions it has, processor seconds and peak MiB of reading it."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.garbage import hardly_collecting
from bot.importers import parse
from tests.bench.figures import Figure
from tests.bench.lists import HABITS
from tests.bench.memory import peak_mib
from tests.bench.sizes import Size


def reading(size: Size) -> Iterator[Figure]:
    """Each habit is read in a process of its own."""
    for habit, write in HABITS.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "questions.md"
            with path.open("w", encoding="utf-8") as file:
                file.writelines(write(size.questions))
            run = subprocess.run(
                [sys.executable, "-m", "tests.bench.reading", str(path)], check=True, stdout=subprocess.PIPE, text=True
            )
        count, seconds, peak = map(float, run.stdout.split())
        assert count == size.questions, f"{habit}: {count:.0f} of {size.questions} questions were read"
        yield Figure(name=f"{habit}_questions_per_s", value=count / max(seconds, 0.001), unit="1/s (CPU)")
        yield Figure(name=f"{habit}_peak_mib_{size.questions}", value=peak, unit="MiB", goal=300, at_most=True)


if __name__ == "__main__":
    data = Path(sys.argv[1]).read_bytes()
    began = time.process_time()
    with hardly_collecting():  # as the commands do
        document = parse(data, name="questions.md")
    spent = time.process_time() - began
    sys.stdout.write(f"{len(document.questions)} {spent} {peak_mib()}")
