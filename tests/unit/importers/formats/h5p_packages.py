"""Helpers for tests of H5P: packages with tasks and pictures in them."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

from bot.domain.drafts import ParsedDocument
from bot.importers import parse


def picture(colour: str = "red") -> bytes:
    written = BytesIO()
    Image.new("RGB", (2, 2), colour).save(written, "PNG")
    return written.getvalue()


def package(
    content: Any, main: str = "H5P.QuestionSet", title: str = "Cork", files: Mapping[str, bytes] | None = None
) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr("h5p.json", json.dumps({"title": title, "mainLibrary": main}))
        archive.writestr("content/content.json", json.dumps(content))
        for name, data in (files or {}).items():
            archive.writestr(f"content/images/{name}.png", data)
    return written.getvalue()


def task(name: str, **params: Any) -> dict[str, Any]:
    return {"library": f"H5P.{name} 1.16", "params": params, "metadata": {"title": f"My {name}"}}


def image(name: str, alt: str = "") -> dict[str, Any]:
    return {"library": "H5P.Image 1.1", "params": {"file": {"path": f"images/{name}.png"}, "alt": alt}}


def read(*tasks: Any, **files: bytes) -> ParsedDocument:
    """The document that a question set with these tasks and pictures holds."""
    return parse(package({"questions": tasks}, files=files))


def messages(document: ParsedDocument) -> list[tuple[int, str, str]]:
    """The lines, codes and messages of a document's findings."""
    return [(finding.line, finding.code, finding.message) for finding in document.findings]
