"""``python -m tests.supply.audit LOCK``: look for advisories against every package of a lock.

pip-audit calls a package that it couldn't look up "skipped" and still ends well. Here it doesn't: the exit code is 0
only where every package was looked up and none has an advisory, and 1 otherwise. Without a network,
``--stored`` names a clone of the Python Packaging Advisory Database, which must not be older than 30 days.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.supply.stored_advisories import FRESH_FOR, NoCopy, age, look_up, made_at

PATIENCE = 900
"""How long all look-ups together may take, in seconds."""


def main() -> int:
    """Print what is known against the lock; return the exit code. Further arguments go to pip-audit."""
    parser = argparse.ArgumentParser(prog="python -m tests.supply.audit", description=__doc__)
    parser.add_argument("lock", type=Path)
    parser.add_argument("--stored", type=Path, metavar="CLONE", help="look the advisories up in a copy of them")
    arguments, further = parser.parse_known_args()
    if arguments.stored:
        return audit_stored(arguments.lock, arguments.stored, datetime.now(UTC))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        said = _pip_audit(arguments.lock, report, further)
        if not report.is_file():
            print(f"Nothing was checked: pip-audit found no way to the advisories.\n{said}")
            print("Without a network: make audit ADVISORIES=a-clone-of-the-Python-Packaging-Advisory-Database")
            return 1
        return tell(json.loads(report.read_text(encoding="utf-8"))["dependencies"])


def audit_stored(lock: Path, folder: Path, now: datetime) -> int:
    """Print which advisories a copy has against a lock, and how old it is; return the exit code."""
    try:
        made = made_at(folder)
    except NoCopy as error:
        print(f"Nothing was checked: {error}")
        return 1
    print(f"Advisories {age(made, now)}: newer ones aren't in it.")
    code = tell(look_up(lock.read_text(encoding="utf-8"), folder))
    if now - made > FRESH_FOR:
        print(f"That copy is too old to trust: fetch one that is at most {FRESH_FOR.days} days old.")
        return 1
    return code


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
