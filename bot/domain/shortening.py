"""Long texts where only a line has room."""


def shortened(text: str, most: int) -> str:
    """Text on one line of at most ``most`` characters; "…" stands for what is cut off."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
