"""What tests look for on the room's pages, and type there."""

import re
from datetime import time
from typing import Any

from playwright.async_api import Page

from adapters.web.room import CHANNEL
from bot.domain.rounds import Reveal
from bot.domain.series import Timetable
from bot.services.series.series import add_series, ask_in_series_now

CONTRASTS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (css) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
    const v = c[i] / 255;
    return sum + weight * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  }, 0);
  const ground = (e) => {
    const layers = [];
    for (; e; e = e.parentElement) {
      const c = rgba(getComputedStyle(e).backgroundColor);
      if (c[3]) layers.unshift(c);
      if (c[3] === 255) break;
    }
    return layers.reduce((under, over) => under.map((v, i) => v + (over[i] - v) * over[3] / 255), [255, 255, 255]);
  };
  const low = [];
  for (const e of document.querySelectorAll("body *")) {
    const text = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
    if (!text || e.closest("noscript, svg, .hidden, .skip, option") || !e.checkVisibility()) continue;
    const [a, b] = [luminance(rgba(getComputedStyle(e).color)), luminance(ground(e))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) low.push(`${e.className} ${contrast.toFixed(2)} ${e.textContent.trim().slice(0, 30)}`);
  }
  return low;
}"""
"""Every text whose contrast against its ground is below what WCAG AA asks."""


def messages(page: Page) -> Any:
    return page.get_by_role("log").get_by_role("article")


def choice(page: Any, letter: str) -> Any:
    """The button of a choice, whose name is its letter and text."""
    return page.get_by_role("button", name=re.compile(rf"^{letter} \S"))


async def say(page: Page, text: str) -> None:
    await page.get_by_label("Message").fill(text)
    await page.get_by_label("Message").press("Enter")


async def ask_until_closed(app: Any, topic: str) -> None:
    """Ask a question on the topic whose answer may be changed until it closes."""
    space = await app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
    timetable = Timetable(at=time(9), zone="UTC")
    series = await add_series(app, space, CHANNEL, timetable, topic=topic, reveal=Reveal.AT_CLOSE)
    await ask_in_series_now(app, series.id)


async def key_of(message: Any) -> str:
    """The key of the message's post."""
    return str(await message.get_attribute("id")).removeprefix("m-")
