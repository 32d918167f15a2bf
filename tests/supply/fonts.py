"""``python -m tests.supply.fonts SOURCES``: make the fonts of the cards from Debian's packages of Noto.

The folder SOURCES gets the packages; one that lies there already is taken from it. Each is compared with the digest
below before anything in it is read. Debian publishes these digests in its signed package lists, and apt compares them
as well. The locked fontTools makes the same bytes each time; ``manifest.json`` beside the fonts says what was made.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from tests.supply.han import CHARACTERS, keep_forms

FONTS = Path("bot/rendering/cards/fonts")
SCRIPTS = (
    *("", "Arabic", "Hebrew", "Devanagari", "Thai", "Armenian", "Bengali", "Ethiopic", "Georgian", "Gujarati"),
    *("Gurmukhi", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Symbols"),
)
WHOLE = "all its characters; without hints, which HarfBuzz doesn't read"
CHOSEN = (
    "the simplified Chinese face; the characters of GB 2312, Big5, JIS X 0208 and KS X 1001, the block of CJK unified "
    "ideographs, all Hangul syllables, kana; Japanese and Korean forms for the characters of their standards; without "
    "hints and vertical setting"
)


@dataclass(frozen=True, slots=True)
class Package:
    """A package of Debian's, of all architectures, by the SHA-256 digest of its file."""

    name: str
    version: str
    sha256: str
    licence: str

    @property
    def file(self) -> str:
        """As apt names it."""
        return f"{self.name}_{self.version.replace(':', '%3a')}_all.deb"


CORE = Package(
    "fonts-noto-core", "20201225-1", "58f4f0bb6720f919f92096b3508e1412a0f1544424ade6c5b5bf1eb694dd64ba", "OFL-1.1"
)
CJK = Package(
    "fonts-noto-cjk",
    "1:20220127+repack1-1",
    "4a2515eb6db3978b897fef9709ed0d2b1f4c6c4df4d83d6c4ef65f71f1b1f502",
    "OFL-1.1",
)
PACKAGES = (CORE, CJK)


class WrongSource(SystemExit):
    """A package is missing, or isn't the one that the fonts were made of."""


def fetched(package: Package, folder: Path) -> Path:
    """The package's file, downloaded unless it is there, and checked."""
    path = folder / package.file
    if not path.is_file():
        order = ["apt-get", "download", f"{package.name}={package.version}"]
        try:
            subprocess.run(order, cwd=folder, check=True, timeout=600)
        except (OSError, subprocess.SubprocessError) as problem:
            told = (
                f"`{' '.join(order)}` failed ({problem}). Put {package.file}, from Debian 12 (bookworm), into {folder}."
            )
            raise WrongSource(told) from problem
    if hashlib.sha256(path.read_bytes()).hexdigest() != package.sha256:
        raise WrongSource(f"{path} is not the file that {package.name} {package.version} was checked as. Delete it.")
    return path


def members(path: Path, wanted: set[str]) -> dict[str, bytes]:
    """The named files of a package."""
    unpacked = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(path)], capture_output=True, check=True, timeout=600)
    found = {}
    with tarfile.open(fileobj=BytesIO(unpacked.stdout)) as archive:
        for name in wanted:
            file = archive.extractfile(name)
            assert file, f"{path}: {name} is not a file"
            found[name] = file.read()
    return found


def reduced(font: TTFont, characters: set[int], features: list[str], dropped: tuple[str, ...] = ()) -> bytes:
    """The font with these characters and OpenType features alone. The same input gives the same bytes."""
    options = subset.Options(hinting=False, glyph_names=False, notdef_outline=True)
    options.name_IDs, options.layout_features = ["*"], features
    options.drop_tables += dropped
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    made = BytesIO()
    font.save(made)
    return made.getvalue()


def script(source: bytes) -> bytes:
    """A font of one script, with all it can do."""
    font = TTFont(BytesIO(source), lazy=True, recalcTimestamp=False)
    return reduced(font, set(font.getBestCmap()), ["*"])


def han(source: bytes) -> bytes:
    """The font of Chinese, Japanese and Korean."""
    font = TTFont(BytesIO(source), fontNumber=2, lazy=True, recalcTimestamp=False)
    keep_forms(font)
    vertical = ("VORG", "vhea", "vmtx", "BASE", "GPOS")
    return reduced(font, CHARACTERS, ["locl", "ccmp", "ljmo", "vjmo", "tjmo"], vertical)


def recipes() -> Iterator[tuple[str, Package, str, str]]:
    """Every file to make: its name, the package, the file there, and how it is made."""
    for name in SCRIPTS:
        for weight in ("Regular", "Bold"):
            file = f"NotoSans{name}-{weight}.ttf"
            yield file, CORE, f"./usr/share/fonts/truetype/noto/{file}", WHOLE
    yield "NotoSansCJK-Regular.otf", CJK, "./usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", CHOSEN
    for package in PACKAGES:
        yield f"{package.name}-LICENCE.txt", package, f"./usr/share/doc/{package.name}/copyright", "not changed"


def made(folder: Path) -> Iterator[tuple[dict[str, str], bytes]]:
    """Every file with its line of the manifest."""
    everything = list(recipes())
    for package in PACKAGES:
        wanted = {member for _, of, member, _ in everything if of == package}
        sources = members(fetched(package, folder), wanted)
        for file, _, member, how in (recipe for recipe in everything if recipe[1] == package):
            source = sources[member]
            content = {WHOLE: script, CHOSEN: han}.get(how, bytes)(source)
            yield (
                {
                    "file": file,
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "licence": package.licence,
                    "package": f"Debian {package.name} {package.version}",
                    "package_sha256": package.sha256,
                    "from": member.removeprefix("."),
                    "made": how,
                },
                content,
            )


def main() -> None:
    """Write the fonts, their licences and the manifest; lines of the manifest about other files stay."""
    parser = argparse.ArgumentParser(prog="python -m tests.supply.fonts")
    parser.add_argument("sources", type=Path)
    folder = parser.parse_args().sources
    folder.mkdir(parents=True, exist_ok=True)
    manifest = FONTS / "manifest.json"
    lines = {line["file"]: line for line in json.loads(manifest.read_text(encoding="utf-8"))}
    for line, content in made(folder):
        (FONTS / line["file"]).write_bytes(content)
        lines[line["file"]] = line
        print(f"{line['file']}: {len(content)} bytes")
    manifest.write_text(json.dumps([lines[file] for file in sorted(lines)], indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
