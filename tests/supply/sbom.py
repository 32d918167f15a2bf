"""``python -m tests.supply.sbom LOCK FILE``: write a bill of materials, CycloneDX 1.6 as JSON, of what a lock installs.

Names, versions and hashes are those of the lock; the fonts that come with Quizbot are those of their manifest. Licences
are what the packages installed here declare, so a package for another system has none. The same lock and the same
installed packages give the same bytes: no time stands in the file, and its serial number comes from its contents.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tests.supply.fonts import FONTS

LONGEST_NAME = 60
"""Some packages declare a whole text where the name of a licence belongs; a name is no longer than this."""
CLASSIFIED = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
}
_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of a lock: exactly this version, as one of the files with these SHA-256 digests."""

    name: str
    version: str
    hashes: tuple[str, ...]


def pins(lock: str) -> Iterator[Pin]:
    """Every package of a lock, in its order."""
    for entry in re.split(r"\n(?=[A-Za-z0-9])", lock):
        if pin := _PIN.match(entry):
            yield Pin(pin["name"], pin["version"], tuple(_HASH.findall(entry)))


def bill(lock: str) -> str:
    """The bill of materials of a lock, as JSON."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    itself = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        licenses=[LicenseFactory().make_from_string(project["license"])],
    )
    manifest = json.loads((FONTS / "manifest.json").read_text(encoding="utf-8"))
    components = [*map(_component, pins(lock)), *map(_font, manifest)]
    bom = Bom(components=components, metadata=BomMetaData(component=itself))
    bom.register_dependency(itself, bom.components)
    written = json.loads(JsonV1Dot6(bom).output_as_string())
    del written["metadata"]["timestamp"], written["serialNumber"]
    written["serialNumber"] = uuid5(NAMESPACE_URL, json.dumps(written, sort_keys=True)).urn
    return json.dumps(written, indent=2, sort_keys=True) + "\n"


def _component(pin: Pin) -> Component:
    purl = PackageURL("pypi", name=pin.name, version=pin.version)
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        bom_ref=purl.to_string(),
        purl=purl,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in pin.hashes],
        licenses=[license_ for license_ in [_license(pin)] if license_],
    )


def _font(line: dict[str, str]) -> Component:
    return Component(
        name=line["file"],
        version=line["package"],
        type=ComponentType.FILE,
        bom_ref=f"font:{line['file']}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=line["sha256"])],
        licenses=[LicenseFactory().make_from_string(line["licence"])],
    )


def _license(pin: Pin) -> License | None:
    try:
        declared = metadata(pin.name)
    except PackageNotFoundError:
        return None
    name = declared_license(declared)
    return LicenseFactory().make_from_string(name) if name else None


def declared_license(declared: PackageMetadata) -> str | None:
    """The licence that a package declares: an SPDX expression where it gives one, else a name."""
    for field in ("License-Expression", "License"):
        if 0 < len(declared.get(field) or "") <= LONGEST_NAME:
            return declared[field]
    classified = [name for name in declared.get_all("Classifier") or [] if name.startswith("License :: ")]
    return CLASSIFIED.get(classified[0], classified[0].rpartition(" :: ")[2]) if classified else None


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="python -m tests.supply.sbom")
    parser.add_argument("lock", type=Path)
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    arguments.file.write_text(bill(arguments.lock.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"Written: {arguments.file}")


if __name__ == "__main__":
    sys.exit(main())
