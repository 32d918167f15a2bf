"""Walks through the body of a Word document: paragraphs with their lists and formatting, tables and pictures."""

from collections.abc import Iterable, Iterator

from bot.importers.documents.labels import choice_starts, typed_label, without_tick
from bot.importers.documents.pictures import named_picture
from bot.importers.documents.piece import Block, Grid, Piece, Span, in_lines, looks_of, split
from bot.importers.word.formulas import formula
from bot.importers.word.numbering import Numbering
from bot.importers.word.styles import Styles
from bot.importers.word.xml import Element, attribute, child, children, is_on, local, value

_THROUGH = frozenset(
    {"ins", "smartTag", "customXml", "hyperlink", "fldSimple", "sdt", "sdtContent", "moveTo", "dir", "bdo"}
)
"""What only surrounds content."""
_SYMBOLS = {
    **dict.fromkeys(("F0FE", "F0FC", "F052", "F0FD", "F054"), "☑"),
    **dict.fromkeys(("F0A8", "F06F", "F0A3", "F071", "F0A1"), "☐"),
}
_STANDS_FOR = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HIDDEN = "hidden"


class Body:
    """The content of a document as blocks, whose spots are the numbers of paragraphs.

    Attributes:
        hidden: the spots of text that the document hides.
        formulas: the spots of formulas, which are written on one line.
        drawn: the spots of charts, shapes and embedded objects.
    """

    def __init__(self, styles: Styles, numbering: Numbering, pictures: dict[str, str]) -> None:
        self.hidden: dict[int, None] = {}
        self.formulas: dict[int, None] = {}
        self.drawn: dict[int, None] = {}
        self._styles = styles
        self._numbering = numbering
        self._pictures = pictures
        self._spot = 0

    def blocks(self, body: Element) -> list[Block]:
        """All blocks of the document."""
        for paragraph in body.iter("{*}pPr"):
            self._numbering.look_ahead(self._styles.numbering(paragraph))
        return [*self._blocks(body)]

    def _blocks(self, container: Element) -> Iterator[Block]:
        for element in container:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield self._grid(element)
            elif name in _THROUGH:
                yield from self._blocks(element)

    def _grid(self, table: Element) -> Grid:
        spot = self._spot + 1
        rows = [
            [[piece for piece in self._flat(cell) if piece.text] for cell in children(row, "tc")]
            for row in children(table, "tr")
        ]
        return Grid(rows=rows, spot=spot)

    def _flat(self, cell: Element) -> Iterator[Piece]:
        """The lines of a cell, with those of tables in it."""
        for block in self._blocks(cell):
            if isinstance(block, Piece):
                yield block
            else:
                for row in block.rows:
                    for inner in row:
                        yield from inner

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        self._spot += 1
        spot = self._spot
        properties = child(paragraph, "pPr")
        boxes: list[Element] = []
        spans = [*self._spans(paragraph, properties, boxes)]
        numbering = self._styles.numbering(properties)
        family, label = self._numbering.label(numbering)  # an empty item is counted, too
        depth = self._styles.heading(properties)
        for number, line in enumerate(_one_choice_each(spans)):
            piece = _piece(line, spot)
            if number == 0 and piece.text:
                piece.family, piece.label = family, label
                if depth:
                    piece.text, piece.label = f"{'#' * depth} {label} {piece.text}".replace("  ", " "), ""
            yield piece
        for box in boxes:
            for block in self._blocks(box):
                if isinstance(block, Piece) and block.text:
                    yield block

    def _spans(self, container: Element, properties: Element | None, boxes: list[Element]) -> Iterator[Span]:
        for element in container:
            name = local(element)
            if name == "r":
                yield from self._run(element, properties, boxes)
            elif name in {"oMath", "oMathPara"}:
                self.formulas[self._spot] = None
                yield formula(element), frozenset()
            elif name in _THROUGH:
                yield from self._spans(element, properties, boxes)

    def _run(self, run: Element, properties: Element | None, boxes: list[Element]) -> Iterator[Span]:
        looks = self._styles.looks(properties, child(run, "rPr"))
        text = "".join(self._told(element, boxes) for element in run)
        if _HIDDEN in looks:
            if text.strip():
                self.hidden[self._spot] = None
            return
        raised = value(child(run, "rPr"), "vertAlign") == "superscript" and text.strip()
        yield (f"^{text}" if raised else text), looks

    def _told(self, element: Element, boxes: list[Element]) -> str:
        """What one part of a run stands for."""
        match name := local(element):
            case "t":
                return element.text or ""
            case "sym":
                return _SYMBOLS.get(attribute(element, "char").upper(), "")
            case "fldChar":
                return _form_box(element)
            case "drawing" | "pict" | "object" | "AlternateContent":
                return self._shapes(element, boxes)
        return _STANDS_FOR.get(name, "")

    def _shapes(self, element: Element, boxes: list[Element]) -> str:
        """The pictures in a shape, in Markdown; the text in its boxes is read below the paragraph."""
        if local(element) == "AlternateContent":  # the same twice, for programs of several ages
            element = next(iter(element), element)
        boxes += [*element.iter("{*}txbxContent")]
        described = next((attribute(one, "descr") for one in element.iter("{*}docPr", "{*}shape")), "")
        ids = [attribute(one, "embed") for one in element.iter("{*}blip")]
        ids += [attribute(one, "id") for one in element.iter("{*}imagedata")]
        named = [named_picture(described, self._pictures[one]) for one in ids if one in self._pictures]
        is_ruler = any(attribute(one, "hr") for one in element.iter("{*}rect"))
        if not named and not boxes and not is_ruler:
            self.drawn[self._spot] = None
        return "".join(f" {one} " for one in named)


def _one_choice_each(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """The lines of a paragraph, those with several choices split."""
    before = 0
    for line in in_lines(spans):
        text = "".join(part for part, _looks in line)
        parts = split(line, choice_starts(text, before))
        label = typed_label("".join(part for part, _looks in parts[-1]).strip())
        before = label.ordinal if label else 0
        yield from parts


def _piece(line: list[Span], spot: int) -> Piece:
    text = "".join(text for text, _looks in line)
    stripped = text.strip()
    bare = without_tick(stripped)
    label = typed_label(bare)
    skipped = len(text) - len(text.lstrip()) + len(stripped) - len(bare) + (label.length if label else 0)
    indent = text[: len(text) - len(text.lstrip())].expandtabs(4)
    return Piece(text=(indent + stripped) if stripped else "", spot=spot, looks=looks_of(line, skipped))


def _form_box(element: Element) -> str:
    """The box of an old form field, ticked or not; empty for other fields."""
    box = child(element, "ffData", "checkBox")
    if box is None:
        return ""
    told = child(box, "checked") if child(box, "checked") is not None else child(box, "default")
    return "☑ " if told is not None and is_on(attribute(told, "val")) else "☐ "
