"""Removes what surrounds the text of a Markdown or HTML note: front matter, tags, comments, the frames of callouts."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import yaml

from bot.importers.reading.answer_lines import key_text
from bot.importers.reading.frames import head_of, without_frames
from bot.importers.reading.html import entities_resolved
from bot.importers.reading.lines import Line, may_have
from bot.importers.reading.marks import question_mark

FENCE = re.compile(r"^\s*(?:[-*+]\s+)?(?P<sign>`{3,}|~{3,})")
_FRONT_MATTER = re.compile(r"^---\s*$")
_FOLDING = re.compile(r"</?(?:details|summary)\b[^<>]{0,200}>|<!--.{0,400}?-->", re.IGNORECASE)
_ASKING_SUMMARY = re.compile(
    r"<summary>\s*(?:<[a-z]{1,6}>|\*\*)?\s*(?:\d{1,4}[.)]\s|[^<>]{30,300}[?？؟]\s*(?:\*\*)?\s*</)", re.IGNORECASE
)
"""A summary that is a question, where others say "Show the answer": its choices are folded below it."""
REVEALS = re.compile(
    r"""
    \W{0,6}(?:
        (?:(?:click|tap)\s(?:here\s)?(?:to|for)\s)?(?:(?:show|see|view|reveal|check|get)\s)?
        (?:the\s)?(?:correct\s|right\s)?(?:answer|solution)(?P<several>s)?
      | (?:antwort|lösung)(?:en)?(?:\s(?:an)?zeigen)? | (?:(?:voir|afficher)\s)?(?:la\s)?(?:réponse|solution)
      | (?:(?:ver|mostrar)\s)?(?:la\s|a\s)?(?:respuesta|solución|resposta) | (?:mostra\s)?(?:la\s)?risposta
      | (?:(?:показать|посмотреть)\s)?ответ | (?:pokaż\s)?odpowiedź | (?:xem\s)?đáp\sán
      | (?:点击)?(?:查看|显示|展开)?(?:正确)?答案
      | (?:答え|解答|正解)(?:を(?:見る|表示))?
      | (?:정답|답)\s?(?:보기|확인)?
    )\W{0,6}
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What a summary says of an answer, or of ``several``, that is folded below it."""
_SOLVES = re.compile("sol[uv]|lösung|解答", re.IGNORECASE)
"""Below a solution stands a reason more often than an answer: it may begin with the text of a wrong choice."""
LONGEST_SUMMARY = 100
_SUMMARY = re.compile(r"<summary>(?P<text>[^\n]{1,600}?)</summary>", re.IGNORECASE)
_SHORTEST_ASKED = 15
"""A question in a summary has as many characters behind "Question 7:"."""
_COMMENT_OPENS = re.compile(r"^\s*<!--")
_COMMENT_ENDS = re.compile(r"-->\s*$")
_LONGEST_COMMENT = 200
_SPOILER = re.compile(r">!\s{0,2}(?P<told>[^<>!\s](?:[^<>]{0,1000}[^<>!\s])?)\s{0,2}!<")
_SPOILER_BEHIND = re.compile(rf"(?<=[?_][ ]){_SPOILER.pattern}$")
_DETAILS = re.compile(r"<(?P<end>/?)details\b", re.IGNORECASE)
_ONLY_TAGS = re.compile(
    r"^(?:\s*</?(?:div|span|p|br|hr|ul|ol|li|center|section|article|blockquote|quiz|question|answers?|choices?|explanation)\b[^<>]{0,200}>)+\s*$",
    re.IGNORECASE,
)
_INLINE_CODE = re.compile(r"(`[^`\n]{1,1000}`)")
_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9]{0,9})(?:[\s/][^<>]{0,200})?>")
_OF_TYPE = frozenset(("b", "strong", "i", "em", "u", "span", "font", "small", "p", "br", "sub", "sup"))
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"^\s*<p(?:\s[^<>]{0,200})?>|</p>\s*$", re.IGNORECASE)
_PAIRED = re.compile(
    r"<(?P<name>b|strong|i|em|u|span|font|small|mark|p)(?:\s[^<>]{0,200})?>(?P<text>[^<>]{1,2000})</(?P=name)>",
    re.IGNORECASE,
)
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_CALLOUT = re.compile(r"^(?P<quote>\s*(?:>\s?){1,3})\[!(?P<kind>[A-Za-z-]{1,30})\][+-]?\s*(?P<title>.*)$")
_QUOTE = re.compile(r"^\s*(?:>\s?){1,4}")
_WIDE_LABEL = re.compile(
    r"(?:^\s*(?:[-*•]\s+)?|(?<=[\s）。；]))(?=[^\s]{0,6}[\uff00-\uff5e、])[(（]?(?:[A-Za-zＡ-Ｚａ-ｚ]|[0-9０-９]{1,4})[．）：、.):]\s*"
)
"""A letter or number in the full width of East Asian letters, or with such a sign behind it."""
_ESCAPED = re.compile(r"^(\s*(?:[-*+]\s+)?(?:\d{1,5}|[A-Za-z]))\\(?=[.)\]])")
"""A letter or number whose full stop is escaped, so that Markdown makes no list of it."""
_ANCHOR = re.compile(r"\s*\{[#.:][^{}]{1,200}\}\s*$")
_LOOSE_BOX = re.compile(r"^(?P<before>\s*(?:(?:[-*+•]|\d{1,4}[.)])\s+)?)\[ {0,3}(?P<sign>[xX✓✔✅☑ ]) {0,3}\](?=\s)")
"""A box with spaces around its sign, ``[ x ]``, or with a coloured tick in it."""
_LABEL_ALONE = re.compile(r"\s*(?:[-*+•]\s*)?(?:[(\[]?[\w ]{0,3}[.):\]]\s*){0,2}")
_NEARLY_ALL = 0.8
_FEW = 20
_LONGEST_FRONT_MATTER = 200


def front_matter_end(lines: Sequence[Line]) -> int:
    """The index after the front matter at the beginning of a note; 0 if it has none."""
    if not lines or not _FRONT_MATTER.match(lines[0].text):
        return 0
    for at in range(1, min(len(lines), _LONGEST_FRONT_MATTER)):
        text = lines[at].text
        if _FRONT_MATTER.match(text):
            return at + 1
        if text.strip() and not re.match(r"^(?:[\w -]+:(?:\s|$)|\s+|-\s|#)", text):
            return 0
    return 0


def front_matter_tags(lines: Sequence[Line]) -> tuple[str, ...]:
    """The tags in a note's front matter."""
    end = front_matter_end(lines)
    try:
        meta = yaml.safe_load("\n".join(line.text for line in lines[1 : end - 1])) if end > 2 else None
    except yaml.YAMLError:
        return ()
    tags = meta.get("tags") if isinstance(meta, dict) else None
    if isinstance(tags, str):
        tags = re.split(r"[,\s]+", tags)
    return tuple(str(tag).lstrip("#") for tag in tags if tag) if isinstance(tags, list) else ()


def without_tags(lines: Sequence[Line]) -> Iterator[Line]:
    """``lines`` without folding tags and comments, their code marked; lines with nothing but layout tags are blank.

    Code keeps its signs. Elsewhere bold and slanted type become Markdown, entities such as ``&lt;`` become characters,
    and callouts lose their frames. Text behind a summary gets a line of its own, with the same number.
    """
    folded = shown = 0
    framed = False
    marked = without_frames(with_code_marked(_without_long_comments(lines)), lines)
    marked = _without_spoilers(marked) if may_have(lines, ">!") else marked
    for line in _broken(marked) if may_have(lines, "<b") else marked:
        text, inside = line.text, folded > shown
        if line.code or not (text or inside):
            framed = framed and line.code
            yield line._replace(folded=inside) if folded else line
            continue
        behind = ""
        if "<" in text:
            for found in _DETAILS.finditer(text):
                folded = max(folded - 1, 0) if found["end"] else folded + 1
            if "<summary" in text and _asks(text):
                shown, inside = folded, False
            text, behind = _without_folding(text)
            shown = min(shown, folded)
        if ">" in text and text.lstrip()[:1] == ">":
            called = _CALLOUT.match(text)
            framed = framed or called is not None
            text = head_of(called) if called else _in_quote(text, framed=framed)
        else:
            framed = False
        text = _cleaned(text)
        hidden = inside or folded > shown
        yield line._replace(text=text, folded=hidden) if hidden or text is not line.text else line
        if behind:
            yield line._replace(text=_cleaned(behind), folded=True)


def _without_spoilers(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines`` without the signs that hide a text on Reddit; behind a question it becomes bold."""
    for line in lines:
        if line.code or ">!" not in line.text:
            yield line
        elif whole := _SPOILER.fullmatch(line.text.strip()):
            yield line._replace(text=whole["told"], folded=True)
        else:
            yield line.with_text(_SPOILER.sub(r"\g<told>", _SPOILER_BEHIND.sub(r"**\g<told>**", line.text)))


def _asks(text: str) -> bool:
    """Whether a line has a summary that is a question."""
    if _ASKING_SUMMARY.search(text):
        return True
    summary = _SUMMARY.search(text)
    mark = question_mark(_TAG.sub("", summary["text"])) if summary else None
    if mark is None or not mark.named:  # "Question 7: Show the answer" says which one is answered in the fold
        return False
    return len(mark.rest) >= _SHORTEST_ASKED and mark.rest[-1] in "?？؟"


def _in_quote(text: str, *, framed: bool) -> str:
    """A line of a quote, blank if only its signs are there, and without them in the frame of a callout."""
    if not text.strip("> "):
        return ""
    return _QUOTE.sub("", text) if framed else text


def _without_long_comments(lines: Sequence[Line]) -> Sequence[Line]:
    """``lines`` with comments of several lines blanked, except for the answers in them."""
    if not may_have(lines, "<!--"):
        return lines
    blank: set[int] = set()
    opened, fenced = -1, False
    for at, line in enumerate(lines):
        fenced ^= opened < 0 and FENCE.match(line.text) is not None
        if opened < 0 and not fenced and "-->" not in line.text and _COMMENT_OPENS.match(line.text):
            opened = at
        elif opened >= 0 and ("-->" in line.text or at - opened > _LONGEST_COMMENT):
            if _COMMENT_ENDS.search(line.text):
                answers = _only_answers(lines[opened : at + 1])
                blank.update((opened, at) if answers else range(opened, at + 1))
            opened = -1
    return [_uncommented(line) if at in blank else line for at, line in enumerate(lines)] if blank else lines


def _uncommented(line: Line) -> Line:
    """A line of a comment as it is read: the answer in it, or blank."""
    text = line.text.replace("<!--", "").replace("-->", "").strip()
    return line.with_text(text if key_text(text) is not None else "")


def _only_answers(lines: Sequence[Line]) -> bool:
    """Whether a comment holds an answer, and no question."""
    answered = any(key_text(line.text) is not None for line in lines)
    return answered and not any(question_mark(line.text.replace("<!--", "").strip()) for line in lines)


def _broken(lines: Iterable[Line]) -> Iterator[Line]:
    """``lines``, broken at each tag for a line break; not in a table, and not where the text is about tags."""
    for line in lines:
        text = line.text
        if line.code or "<b" not in text or "`" in text or text.lstrip().startswith("|"):
            yield line
        else:
            pieces = [piece.rstrip() for piece in _BREAK.split(text)]
            yield from (line.with_text(piece) for piece in pieces if piece or len(pieces) == 1)


def _without_folding(text: str) -> tuple[str, str]:
    """A line without its tags, and what stands behind a summary on it."""
    if _ONLY_TAGS.match(text):
        return "", ""
    summary, end, behind = text.partition("</summary>")
    parts = (summary, behind) if end else (text, "")
    first, second = (_as_markdown(_unfolded(part)).rstrip() for part in parts)
    found = REVEALS.fullmatch(first[:LONGEST_SUMMARY]) if end else None
    if found and not found["several"] and not _SOLVES.search(first):
        first = "Answer:"
    return (first, second.strip()) if first.strip() else (second, "")


def _unfolded(text: str) -> str:
    """A text without folding tags and comments; in code they stay, because the text is about them."""
    if "`" not in text:
        return _FOLDING.sub("", text)
    parts = _INLINE_CODE.split(text)
    parts[::2] = [_FOLDING.sub("", part) for part in parts[::2]]
    return "".join(parts)


def _cleaned(text: str) -> str:
    if "&" in text:
        text = entities_resolved(text).replace("\u00a0", " ")
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
        if text[-1] == "\\":
            text = _unbroken(text)
    if "[" in text[:10]:
        text = _LOOSE_BOX.sub(_tight, text, count=1)
    if text[-1:] == "}":
        text = _ANCHOR.sub("", text)
    return text if text.isascii() else _WIDE_LABEL.sub(_narrow, text)


def _unbroken(text: str) -> str:
    """A line without the backslash at its end, with which Markdown breaks a line; paths and lone backslashes stay."""
    before = text[:-1]
    word = before.rpartition(" ")[2]
    shown = "\\" in word or word.endswith(":") or not before.strip() or _LABEL_ALONE.fullmatch(before.rstrip())
    return text if shown else before.rstrip()


def _tight(found: re.Match[str]) -> str:
    """A box as it is written elsewhere: ``[x]`` or ``[ ]``."""
    return f"{found['before']}[{'x' if found['sign'].strip() else ' '}]"


def _narrow(found: re.Match[str]) -> str:
    """A letter or number as it is written in Latin text, with a full stop in place of an ideographic comma."""
    return unicodedata.normalize("NFKC", found[0]).replace("、", ".").rstrip() + " "


def _as_markdown(text: str) -> str:
    """A line with its tags as Markdown; tags that don't belong to the type are what the text is about, and stay."""
    if "<" not in text:
        return text
    parts = _INLINE_CODE.split(text)
    names = {found["name"].lower() for part in parts[::2] for found in _TAG.finditer(part)}
    if not names or not names <= _OF_TYPE:
        return text
    parts[::2] = [_PAIRED.sub(_typed, _PARAGRAPH.sub("", _BREAK.sub(" ", part))) for part in parts[::2]]
    return "".join(parts)


def _typed(found: re.Match[str]) -> str:
    return found["text"].join([_SIGNS.get(found["name"].lower(), "")] * 2)


def with_code_marked(lines: Sequence[Line]) -> Iterable[Line]:
    """``lines``, each with whether it is in a code fence.

    A fence that never closes fences nothing, and neither does one around nearly the whole document: it was pasted so.
    """
    if not may_have(lines, "```") and not may_have(lines, "~~~"):
        return lines
    ends = [(start, end) for start, end in _ends_of_code(lines) if end - start < _NEARLY_ALL * len(lines) or end < _FEW]
    if not ends:
        return lines
    code = {at for start, end in ends for at in range(start, end + 1)}
    return (line._replace(code=True) if at in code else line for at, line in enumerate(lines))


def _ends_of_code(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The indexes of the first and the last line of each code fence."""
    fences = [
        (at, found["sign"])
        for at, line in enumerate(lines)
        if ("```" in line.text or "~~~" in line.text) and (found := FENCE.match(line.text))
    ]
    ends = []
    opened = None
    for at, sign in fences:
        if opened is None:
            opened = (at, sign)
        elif sign.startswith(opened[1]) and not lines[at].text.strip().lstrip(sign[0]):
            ends.append((opened[0], at))
            opened = None
    return ends
