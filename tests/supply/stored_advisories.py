"""Look up advisories in a copy of the Python Packaging Advisory Database, for use without a network.

The copy is a clone of its repository, in which each advisory is a file in the OSV format
(https://ossf.github.io/osv-schema/), ``vulns/NAME/ID.yaml``. It is as old as its newest commit.
"""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

FRESH_FOR = timedelta(days=30)
"""How old a copy may be and still count as complete."""

Json = dict[str, Any]


class NoCopy(Exception):
    """There is no copy of the advisories in the folder."""


def made_at(folder: Path) -> datetime:
    """Return when the newest commit of a clone was made.

    Raises:
        NoCopy: the folder isn't a clone of the database.
    """
    # Only commits of its own files: a copy that was unpacked inside another clone would be as old as that.
    command = ["git", "-C", str(folder), "log", "-1", "--format=%cI", "--", "vulns"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    newest = done.stdout.strip()
    if done.returncode or not newest or not (folder / "vulns").is_dir():
        raise NoCopy(f"{folder} isn't a clone of the Python Packaging Advisory Database.")
    return datetime.fromisoformat(newest).astimezone(UTC)


def age(made: datetime, now: datetime) -> str:
    """Say how old a copy is."""
    return f"from a copy of {made:%Y-%m-%d}, {(now - made).days} days old"


def look_up(lock: str, folder: Path) -> list[Json]:
    """Return the packages of a lock with their advisories, as pip-audit reports them."""
    return [
        {"name": name, "version": str(version), "vulns": list(_advisories(folder, name, version))}
        for name, version in _pinned(lock)
    ]


def _pinned(lock: str) -> Iterator[tuple[str, Version]]:
    for line in lock.splitlines():
        if line[:1].isalnum():
            requirement = Requirement(line.removesuffix("\\").strip())
            (pin,) = requirement.specifier
            yield canonicalize_name(requirement.name), Version(pin.version)


def _advisories(folder: Path, name: str, version: Version) -> Iterator[Json]:
    for file in sorted((folder / "vulns" / name).glob("*.yaml")):
        advisory = yaml.safe_load(file.read_text(encoding="utf-8"))
        hits = [one for one in advisory["affected"] if is_affected(one, name, version)]
        if hits and "withdrawn" not in advisory:
            mended = [end["fixed"] for one in hits for range_ in _ranges(one) for end in range_ if "fixed" in end]
            yield {
                "id": advisory["id"],
                "fix_versions": mended,
                "description": advisory.get("summary") or advisory.get("details", ""),
            }


def is_affected(affected: Json, name: str, version: Version) -> bool:
    """Whether a version is among those named, or in one of the ranges."""
    if canonicalize_name(affected["package"]["name"]) != name:
        return False
    return any(_is_in(events, version) for events in _ranges(affected)) or str(version) in affected.get("versions", ())


def _is_in(events: list[Json], version: Version) -> bool:
    is_in = False
    for event in events:
        if "introduced" in event and version >= Version(event["introduced"]):
            is_in = True
        elif ("fixed" in event and version >= Version(event["fixed"])) or (
            "last_affected" in event and version > Version(event["last_affected"])
        ):
            is_in = False
    return is_in


def _ranges(affected: Json) -> Iterator[list[Json]]:
    """Yield where each range of versions begins and ends, in the order of the versions."""
    for range_ in affected.get("ranges", ()):
        if range_["type"] == "ECOSYSTEM":
            yield sorted(range_["events"], key=lambda event: Version(next(iter(event.values()))))
