"""Lines, and the lines of a whole document in little memory."""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import compress, product
from typing import NamedTuple, overload

from typing_extensions import override


class Line(NamedTuple):
    """One line of the source.

    Attributes:
        number: counted from 1.
        text: without trailing space.
        figure: whether it held a picture.
        code: whether it is inside a code fence, or is one of its two ends.
        folded: whether a page hides it until a reader unfolds it.
    """

    number: int
    text: str
    figure: bool = False
    code: bool = False
    folded: bool = False

    def with_text(self, text: str) -> "Line":
        """Return the line with another text."""
        number, _text, figure, code, folded = self
        return Line(number, text, figure, code, folded)  # several times faster than _replace


_FLAGS = tuple(product((False, True), repeat=3))
"""Whether a line has a figure, is code and is folded, by the number that `Lines` keeps of it."""


class Lines(Sequence[Line]):
    """The lines of a document: their texts are kept as UTF-8, and each line is made when it is asked for.

    As objects, the lines of a long file take up six times as much memory as the file.
    """

    def __init__(self, lines: Iterable[Line] = (), *, file: bytes = b"") -> None:
        """Keep some lines; more can be added.

        Args:
            lines: in their order.
            file: the UTF-8 text of which lines can be added by position, without being kept twice.
        """
        self._file = file
        self._begins = array("i")
        """Where the line of each number begins in the file, as in `_starts`; empty if it isn't known."""
        self._texts = bytearray()
        self._numbers = array("I")
        self._starts = array("i")
        """Where the text of each line begins in the file; of lines with a text of their own, `~` where it begins."""
        self._ends = array("i")
        self._flags = array("B")
        for line in lines:
            self.add(line)

    def may_have(self, sign: str) -> bool:
        """Whether a sign may stand on some of the lines; if this is False, it stands on none."""
        encoded = sign.encode()
        return encoded in self._file or encoded in self._texts

    def ending_in(self, signs: str) -> Iterator[int]:
        """Yield the indexes of the lines that end in one of some signs of ASCII, ascending."""
        file, texts, wanted = self._file, self._texts, frozenset(signs.encode())
        for at, (start, end) in enumerate(zip(self._starts, self._ends, strict=True)):
            if start >= 0:
                if end > start and file[end - 1] in wanted:
                    yield at
            elif end > ~start and texts[end - 1] in wanted:
                yield at

    def texts(self) -> Iterator[str]:
        """Yield the text of each line, in a third of the time that the lines take."""
        file, texts = self._file, self._texts
        for start, end in zip(self._starts, self._ends, strict=True):
            yield (file[start:end] if start >= 0 else texts[~start:end]).decode("utf-8", "surrogatepass")

    def add(self, line: Line) -> None:
        """Add a line, with a text of its own unless the line of its number in the file begins with that text."""
        number, text, figure, code, folded = line
        encoded = text.encode("utf-8", "surrogatepass")
        start = self._begins[number - 1] if number <= len(self._begins) else -1
        if start >= 0 and self._file.startswith(encoded, start):
            self._ends.append(start + len(encoded))
        else:
            start = ~len(self._texts)
            self._texts += encoded
            self._ends.append(len(self._texts))
        self._starts.append(start)
        self._numbers.append(number)
        self._flags.append(4 * figure + 2 * code + folded)

    def add_from_file(self, number: int, start: int, end: int) -> None:
        """Add a line whose text stands in the file, from one position to before another."""
        self._numbers.append(number)
        self._starts.append(start)
        self._ends.append(end)
        self._flags.append(0)

    @override
    def __len__(self) -> int:
        return len(self._starts)

    @override
    def __iter__(self) -> Iterator[Line]:
        file, texts, new = self._file, self._texts, tuple.__new__
        for number, start, end, flags in zip(self._numbers, self._starts, self._ends, self._flags, strict=True):
            text = (file[start:end] if start >= 0 else texts[~start:end]).decode("utf-8", "surrogatepass")
            figure, code, folded = _FLAGS[flags]
            yield new(Line, (number, text, figure, code, folded))

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> "Lines": ...
    @override
    def __getitem__(self, index: int | slice) -> "Line | Lines":
        if isinstance(index, slice):
            return self._picked(lambda values: values[index])
        start, end = self._starts[index], self._ends[index]
        text = self._file[start:end] if start >= 0 else self._texts[~start:end]
        return Line(self._numbers[index], text.decode("utf-8", "surrogatepass"), *_FLAGS[self._flags[index]])

    def rewritten(self, lines: Iterable[Line]) -> "Lines":
        """Return lines that were made of these, which are all lines of a file; texts left as they were are shared."""
        made = Lines(file=self._file)
        made._begins = self._starts
        for line in lines:
            made.add(line)
        return made

    def without(self, indexes: Collection[int]) -> "Lines":
        """Return the lines but for those at some indexes."""
        kept = bytearray([True]) * len(self)
        for at in indexes:
            kept[at] = False
        return self._picked(lambda values: array(values.typecode, compress(values, kept)))

    def _picked(self, pick: Callable[["array[int]"], "array[int]"]) -> "Lines":
        """Some of the lines: what is picked of the list of their numbers, and of all other lists."""
        picked = Lines(file=self._file)
        picked._texts = self._texts
        picked._numbers = pick(self._numbers)
        picked._starts = pick(self._starts)
        picked._ends = pick(self._ends)
        picked._flags = pick(self._flags)
        return picked


def texts_in(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the text of each line."""
    return lines.texts() if isinstance(lines, Lines) else (line.text for line in lines)


def kept(lines: Iterable[Line], source: Sequence[Line]) -> Lines:
    """Keep lines that were made of all lines of a file, ``source``; texts left as they were aren't kept twice."""
    return source.rewritten(lines) if isinstance(source, Lines) else Lines(lines)


def ending_in(lines: Sequence[Line], signs: str) -> Iterable[int]:
    """Return the indexes of the lines that may end in one of some signs of ASCII, ascending; of a list, all."""
    return lines.ending_in(signs) if isinstance(lines, Lines) else range(len(lines))


def may_have(lines: Sequence[Line], sign: str) -> bool:
    """Whether a sign may stand on some of the lines; if this is False, it stands on none.

    It looks at a whole file at once, which is much faster than looking at each line.
    """
    return not isinstance(lines, Lines) or lines.may_have(sign)
