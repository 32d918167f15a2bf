"""Knows the letters and numbers that count choices, in the alphabets of several languages."""

_ALPHABETS = {
    "russian": "абвгдежзик",
    "circled": "①②③④⑤⑥⑦⑧⑨⑩",
    "greek": "αβγδεζηθ",
}


def places_of(label: str) -> tuple[tuple[str, int], ...]:
    """Return each alphabet that a label is of, with its place there, from 0; empty if it is of none."""
    low = label.lower()
    return tuple((name, letters.index(low)) for name, letters in _ALPHABETS.items() if len(low) == 1 and low in letters)
