"""``python -m tests.supply.icon``: paint the icon for Slack's and Discord's app directories from the room's drawing.

Both directories round the corners themselves, so the picture fills its square.
"""

import asyncio
import hashlib
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.async_api import async_playwright

from tests.browsers import CHROMIUM, found, missing

DRAWING, ICON = Path("adapters/web/static/icon.svg"), Path("docs/icon.png")
SIDE = 1024
"""Slack takes 512 to 2000 pixels (https://docs.slack.dev/reference/methods/apps.icon.set)."""
FROM = "quizbot-drawing"
"""The PNG's text that holds the digest of what it was painted from."""
_ROUND, _SQUARE = ' rx="10"', ""


def digest(root: Path = Path()) -> str:
    """The digest of the drawing."""
    return hashlib.sha256((root / DRAWING).read_bytes()).hexdigest()


def squared(drawing: str) -> str:
    """The drawing without round corners.

    Raises:
        ValueError: it has none that are known.
    """
    if drawing.count(_ROUND) != 1:
        raise ValueError(f"{DRAWING} doesn't have{_ROUND} once")
    return drawing.replace(_ROUND, _SQUARE)


async def paint(drawing: str, browser_path: str) -> bytes:
    """Paint a drawing in a browser."""
    page_of = f"<style>body {{ margin: 0 }} svg {{ display: block; width: 100vw }}</style>{drawing}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": SIDE, "height": SIDE})
        await page.set_content(page_of)
        painted = await page.screenshot()
        await browser.close()
    return painted


def written(painted: bytes) -> bytes:
    """A small PNG that says what it was painted from."""
    about, out = PngInfo(), BytesIO()
    about.add_text(FROM, digest())
    colours = Image.open(BytesIO(painted)).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    colours.save(out, "PNG", pnginfo=about, optimize=True)
    return out.getvalue()


def main() -> None:
    """Paint the icon, and write its file."""
    path = found(CHROMIUM)
    if path is None:
        sys.exit(missing(CHROMIUM))
    drawing = squared(DRAWING.read_text(encoding="utf-8"))
    ICON.write_bytes(written(asyncio.run(paint(drawing, path))))


if __name__ == "__main__":
    main()
