"""``python -m tests.supply.audit LOCK``: look for advisories against every package of a lock.

pip-audit calls a package that it couldn't look up "skipped" and still ends well. Here it doesn't: the exit code is 0
only where every package was looked up and none has an advisory, and 1 otherwise.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PATIENCE = 900
"""How long all look-ups together may take, in seconds."""


def main() -> int:
    """Print what is known against the lock; return the exit code. Further arguments go to pip-audit."""
    parser = argparse.ArgumentParser(prog="python -m tests.supply.audit", description=__doc__)
    parser.add_argument("lock", type=Path)
    arguments, further = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        said = _pip_audit(arguments.lock, report, further)
        if not report.is_file():
            print(f"Nothing was checked: pip-audit found no way to the advisories.\n{said}")
            return 1
        return tell(json.loads(report.read_text(encoding="utf-8"))["dependencies"])


def _pip_audit(lock: Path, report: Path, further: list[str]) -> str:
    """Write pip-audit's report; return the last line it printed."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip"]
    command += ["--progress-spinner", "off", "--format", "json", "--output", str(report), *further]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ, timeout=PATIENCE)
    return "".join(done.stderr.strip().splitlines()[-1:])


def tell(packages: list[dict]) -> int:
    """Print what pip-audit reports of these packages; return the exit code."""
    missed = [package for package in packages if "skip_reason" in package]
    checked = [package for package in packages if "skip_reason" not in package]
    hit = [package for package in checked if package["vulns"]]
    for package in hit:
        for advisory in package["vulns"]:
            versions = ", ".join(advisory["fix_versions"]) or "no version yet"
            told = f"{advisory['id']}, mended in {versions}. {advisory['description'][:200]}"
            print(f"{package['name']} {package['version']}: {told}")
    if not checked:
        print(f"Nothing was checked: the source of advisories knows none of the packages ({len(packages)}).")
    elif missed:
        print(f"NOT checked: {', '.join(package['name'] for package in missed)}.")
    if checked:
        print(f"Checked {len(checked)} of {len(packages)} packages; with advisories: {len(hit)}.")
    return int(bool(hit or missed or not checked))


if __name__ == "__main__":
    sys.exit(main())
