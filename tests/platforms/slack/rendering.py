"""Messages and views as plain text, the way a person sees them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil

from tests.platforms.slack.mrkdwn import readable
from tests.platforms.slack.surfaces import Json, Message, Surface, View
from tests.platforms.slack.workspace import Team

WIDTH = 90
"""How many characters of a message fit into a line of a desktop's window."""
MOST_LINES = 14
"""How many lines of a section are shown before the rest is folded. Slack goes by height, and tells no number."""


def render(surface: Surface, tz: str = "UTC", *, unfolded: bool = False) -> str:
    """Return what a person in this time zone sees: blocks if there are any, else the text; then files and reactions.

    ``unfolded``: after they have clicked every "Show more".
    """
    page = _Page(surface.team, tz, unfolded)
    if isinstance(surface, View):
        title = page.text(surface.content.get("title"))
        buttons = [page.text(surface.content.get(name)) for name in ("submit", "close")]
        lines = [f"# {title}"] if title else []
        lines += page.blocks(surface.blocks)
        lines += [f"! {error}" for error in surface.errors.values()]
        return "\n".join([*lines, *([" ".join(f"[{one}]" for one in buttons if one)] if any(buttons) else [])])
    lines = list(page.blocks(surface.blocks)) or [readable(surface.text, surface.team, tz)]
    return "\n".join([*lines, *_below(surface)])


def _below(message: Message) -> Iterator[str]:
    yield from (f"(file: {one.title or one.name})" for one in message.files)
    if message.reactions:
        yield " ".join(f":{name}: {len(users)}" for name, users in message.reactions.items())


@dataclass(frozen=True, slots=True)
class _Page:
    team: Team
    tz: str
    unfolded: bool = False

    def blocks(self, blocks: list[Json]) -> Iterator[str]:
        for block in blocks:
            draw: Callable[[Json], Iterator[str]] | None = getattr(self, f"_{block['type']}", None)
            yield from draw(block) if draw else [f"({block['type']})"]

    def text(self, value: Json | None) -> str:
        """Return what a text object shows; plain text shows its characters as they are."""
        if not value:
            return ""
        return value["text"] if value["type"] == "plain_text" else readable(value["text"], self.team, self.tz)

    def _header(self, block: Json) -> Iterator[str]:
        yield f"# {self.text(block['text'])}"

    def _section(self, block: Json) -> Iterator[str]:
        if "text" in block:
            yield from self._folded(self.text(block["text"]), whole=block.get("expand", False))
        yield from (self.text(one) for one in block.get("fields", ()))
        if "accessory" in block:
            yield from self._element(block["accessory"])

    def _folded(self, text: str, *, whole: bool) -> Iterator[str]:
        """Fold a high section, as https://docs.slack.dev/reference/block-kit/blocks/section-block says of ``expand``.

        That height decides, not length, is reported in https://github.com/NousResearch/hermes-agent/issues/95565
        """
        height = 0
        for line in text.split("\n"):
            height += max(1, ceil(len(line) / WIDTH))
            if height > MOST_LINES and not (whole or self.unfolded):
                yield "Show more"
                return
            yield line

    def _context(self, block: Json) -> Iterator[str]:
        yield " · ".join(line for one in block["elements"] for line in self._element(one))

    def _divider(self, _block: Json) -> Iterator[str]:
        yield "---"

    def _image(self, block: Json) -> Iterator[str]:
        yield f"(image: {block['alt_text']})"

    def _actions(self, block: Json) -> Iterator[str]:
        buttons = [one for one in block["elements"] if one["type"] == "button"]
        for one in block["elements"]:
            if one["type"] != "button":
                yield from self._element(one)
        if buttons:
            yield " ".join(f"[{self.text(one['text'])}]" for one in buttons)

    def _input(self, block: Json) -> Iterator[str]:
        yield f"{self.text(block['label'])}:"
        yield from self._element(block["element"])

    def _markdown(self, block: Json) -> Iterator[str]:
        yield block["text"]

    def _rich_text(self, block: Json) -> Iterator[str]:
        for part in block["elements"]:
            yield "".join(_rich(one, self.team) for one in part.get("elements", ()))

    def _element(self, element: Json) -> Iterator[str]:
        kind = element["type"]
        if kind in {"plain_text", "mrkdwn"}:
            yield self.text(element)
        elif kind == "image":
            yield from self._image(element)
        elif kind == "button":
            yield f"[{self.text(element['text'])}]"
        elif "options" in element:
            yield from self._options(element)
        elif "initial_value" in element:
            yield f"[{element['initial_value']}]"
        else:
            yield f"({self.text(element.get('placeholder')) or kind})"

    def _options(self, element: Json) -> Iterator[str]:
        chosen = [*element.get("initial_options", ()), element.get("initial_option")]
        for option in element["options"]:
            more = f" – {self.text(option['description'])}" if "description" in option else ""
            yield f"[{'x' if option in chosen else ' '}] {self.text(option['text'])}{more}"


def _rich(element: Json, team: Team) -> str:
    kind = element["type"]
    if kind == "user":
        return f"@{team.users[element['user_id']].name}"
    if kind == "emoji":
        return f":{element['name']}:"
    if kind == "broadcast":
        return f"@{element['range']}"
    if kind == "rich_text_section":
        return "\n" + "".join(_rich(one, team) for one in element["elements"])
    return str(element.get("text") or element.get("url") or "")
