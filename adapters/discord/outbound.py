"""Turn the core's views into Discord messages: pure functions that return the API's JSON.

A message consists of embeds, since they hold three times as much as its content; only a short text without anything
else is plain content. Discord reads no timestamps in footers, so the last embed's last lines hold them. A picture is a
file above the embeds: inside one, Discord would lose its alt text, and show it twice after an edit. Files have no
letters, so the pictures of choices are on one sheet (see docs/adr/0021). Formulas, which Discord doesn't show, are code
in the text; a question has a picture of them, too.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from adapters.discord import markdown
from adapters.discord.controls import Json, command_rows, components, sign
from adapters.discord.fitting import LONGEST_TEXT, LONGEST_TITLE, SHORTER, cut, fits, length, pieces
from adapters.discord.spelling import in_words, spelled
from bot.domain.errors import QuizbotError
from bot.domain.images import ImageFile
from bot.domain.series import HERE
from bot.domain.sheets import Sheet, needs_line, without_sheet
from bot.domain.views import ControlKind, Mark, MessageView, OptionView, Section, Table
from bot.i18n import gettext as _
from bot.ports import PostKind
from bot.rendering.fixed_width import bar
from bot.rendering.questions import answered_count
from bot.rendering.words import explained
from bot.services.illustrations import Illustration, words

NOBODY: Json = {"parse": [], "replied_user": False}
"""Mentions in texts notify nobody."""

EPHEMERAL = 1 << 6
_REPLY = 4
FULL_TEXT = "full-text.txt"
_LONGEST_ALT_TEXT = 300
_LONGEST_DESCRIPTION = 1024
"""Discord's limit for alt texts; a file that repeats the message needs less."""
_LONGEST_ASKED = 250
"""How many characters of a question its result begins with; Discord takes 256."""
_AIRY = 80
"""Choices longer than this get a blank line between them."""

Picture = tuple[Illustration, ImageFile]
"""What a picture shows, and its file."""

_COLOURS: Mapping[PostKind | None, int] = MappingProxyType(
    {
        PostKind.QUESTION: 0x3B6FD8,
        PostKind.RESULT: 0x2E8B57,
        PostKind.WEEK: 0xC98A00,
        PostKind.SEASON: 0xC98A00,
        PostKind.NOTICE: 0x7A7F87,
        PostKind.DIRECT: 0x7B5EA7,
    }
)
"""The colour at the edge of each kind of message, which only adds to what its title says."""
_REFUSED = 0xC8383E

_NO_IDS: Mapping[str, str] = MappingProxyType({})
_MARKS = {Mark.NONE: "", Mark.RIGHT: "✅ ", Mark.WRONG: "✗ "}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file on a message, with an alt text for people who can't open it."""

    name: str
    content: bytes
    alt_text: str
    media_type: str = "text/plain"


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message. The items of its lists are shared: copy them before changing them.

    ``keeps_files``: the message is an edit that keeps the files already there.
    """

    content: str
    embeds: list[Json]
    components: list[Json]
    files: tuple[File, ...] = ()
    keeps_files: bool = False
    allowed_mentions: Json = field(default_factory=lambda: NOBODY)

    @property
    def body(self) -> Json:
        """Return the JSON of a new message or an edit; an edit replaces everything except kept files."""
        told = [
            {"id": number, "filename": file.name, "description": file.alt_text}
            for number, file in enumerate(self.files)
        ]
        return {
            "content": self.content,
            "embeds": self.embeds,
            "components": self.components,
            "allowed_mentions": self.allowed_mentions,
            **({} if self.keeps_files else {"attachments": told}),
        }

    @cached_property
    def as_reply(self) -> str:
        """Return the first, private reply to an interaction as JSON; cached, because most people get one of a few."""
        return json.dumps({"type": _REPLY, "data": self.body | {"flags": EPHEMERAL}})


def message(
    view: MessageView,
    *,
    answered: int | None = None,
    link: str = "",
    channel: str = "",
    pictures: Sequence[Picture] = (),
    keeps_files: bool = False,
    ids: Mapping[str, str] = _NO_IDS,
    kind: PostKind | None = None,
) -> Outgoing:
    """Turn a view into a message; without a sheet of its choices' pictures, it tells them in words.

    Args:
        view: what to say.
        answered: how many have answered so far, if the view is an open question that shows it.
        link: address of the message that it refers to.
        channel: id of the channel where that message is; empty: both are in the same one.
        pictures: the pictures of a new message, in their order.
        keeps_files: whether the message is an edit of one that may have pictures, which stay.
        ids: the ids of the registered commands, by name.
        kind: what the message is for, which decides its colour; a reply to somebody has none.
    """
    if _is_bare(view) and not link and length(text := spelled(markdown.blocks(view.text), ids)) <= LONGEST_TEXT:
        return Outgoing(content=text, embeds=[], components=[])
    if not keeps_files and not any(isinstance(shown, Sheet) for shown, _file in pictures):
        view = without_sheet(view)
    to_question = _to_question(link, channel) if link else ""
    asked = cut(in_words(markdown.plain(view.asked)), _LONGEST_ASKED)
    title = cut(spelled(markdown.inline(view.title), _NO_IDS), LONGEST_TITLE)
    body, files = _body(
        view, length(asked) + length(title), lambda part: spelled("\n\n".join(_parts(part, answered, to_question)), ids)
    )
    colour = _REFUSED if view.refuses else _COLOURS.get(kind)
    beside: Json = {} if colour is None else {"color": colour}
    embeds: list[Json] = [{"description": piece} | beside for piece in pieces(body)]
    if asked:
        embeds[0]["author"] = {"name": asked}  # the only line that Discord shows above the title
    if title:
        embeds[0]["title"] = title
    content, allowed_mentions = _call(view.calls)
    return Outgoing(
        content=content,
        embeds=embeds,
        components=components(view.controls, view.options) + command_rows(view.sections),
        files=() if keeps_files else (*map(_file, pictures), *files),
        keeps_files=keeps_files,
        allowed_mentions=allowed_mentions,
    )


def _call(calls: str) -> tuple[str, Json]:
    """Return the line above the embeds that notifies people, and the one mention in it that is allowed."""
    if calls == HERE:
        return "@here", NOBODY | {"parse": ["everyone"]}  # Discord's word for both; the content has no @everyone
    role = calls.removeprefix("&")
    if role != calls and role.isdecimal():
        return f"<@&{role}>", NOBODY | {"roles": [role]}
    return "", NOBODY


def letters(view: MessageView) -> list[str]:
    """Return what stands before each choice, for a picture of formulas."""
    return [option.letter for option in view.listed]


def _file(picture: Picture) -> File:
    shown, file = picture
    alt_text = cut(words(shown, _LONGEST_DESCRIPTION), _LONGEST_DESCRIPTION)  # Discord counts an emoji as two
    return File(name=file.name, content=file.data, alt_text=alt_text, media_type=file.media_type)


def error(error: QuizbotError, ids: Mapping[str, str] = _NO_IDS) -> Outgoing:
    """Return an error's text with everything escaped that could be read as Markdown."""
    return message(MessageView(text=explained(error), refuses=True), ids=ids)


def _is_bare(view: MessageView) -> bool:
    return view == MessageView(text=view.text, refuses=view.refuses)


def _body(view: MessageView, taken: int, write: Callable[[MessageView], str]) -> tuple[str, tuple[File, ...]]:
    """Write all text below the title; a text too long for a message is cut, and attached in full as a file."""
    body = write(view)
    if fits(body, taken):
        return body, ()
    files = (File(name=FULL_TEXT, content=full_text(view).encode(), alt_text=cut(_stem(view), _LONGEST_ALT_TEXT)),)
    in_full = "-# " + _("In full: {file}").format(file=FULL_TEXT)
    for limit in SHORTER:
        body = f"{write(_shortened(view, limit))}\n\n{in_full}"
        if fits(body, taken):
            break
    return body, files


def _shortened(view: MessageView, limit: int) -> MessageView:
    def short(text: str) -> str:
        return cut(text, limit)

    return replace(
        view,
        text=short(view.text),
        options=tuple(replace(option, text=short(option.text), note=short(option.note)) for option in view.options),
        sections=tuple(replace(section, text=short(section.text)) for section in view.sections),
        table=view.table and replace(view.table, rows=view.table.rows[: limit // 20]),
    )


def _stem(view: MessageView) -> str:
    return in_words(" ".join(filter(None, (markdown.plain(view.title), markdown.plain(view.text)))))


def full_text(view: MessageView) -> str:
    """Return the whole message as plain text, for a file."""
    lines = [view.title, view.text, view.image.alt if view.image else ""]
    for option in view.listed:
        letter = f"{option.letter}." if option.letter else ""
        picture = option.image.alt if option.image and not option.picture_alone else ""
        lines.append(" ".join(filter(None, (letter, option.text, picture, option.mark_text, option.tally))))
        lines.append(option.note)
    for section in view.sections:
        lines += [section.title, section.text]
    if view.table is not None:
        lines += [view.table.title, *("\t".join(row) for row in (view.table.columns, *view.table.rows))]
    return in_words("\n\n".join(filter(None, (*lines, view.hint, view.footer)))) + "\n"


def _parts(view: MessageView, answered: int | None, to_question: str) -> list[str]:
    parts = [markdown.blocks(view.text), _options(view), markdown.inline(view.hint)]
    parts += [_section(section) for section in view.sections]
    if view.table is not None:
        parts.append(_table(view.table))
    parts.append("\n".join(f"-# {line}" for line in filter(None, _last_lines(view, answered, to_question))))
    return [part for part in parts if part]


def _last_lines(view: MessageView, answered: int | None, to_question: str) -> tuple[str, ...]:
    count = "" if answered is None or view.controls is None else answered_count(answered)
    line = " · ".join(filter(None, (_closes(view), count, markdown.inline(view.footer), _next(view))))
    return _answer_by(view), line, to_question


def _to_question(link: str, channel: str) -> str:
    link = f"[{_('To the question')}]({link})"
    return f"<#{channel}> · {link}" if channel else link


def _closes(view: MessageView) -> str:
    return "" if view.closes_at is None else _("Closes {time}").format(time=_moment(view.closes_at))


def _answer_by(view: MessageView) -> str:
    return "" if view.answer_by is None else _("Answer by {time}").format(time=_moment(view.answer_by))


def _moment(at: datetime) -> str:
    moment = int(at.timestamp())
    return f"<t:{moment}:f>, <t:{moment}:R>"


def _next(view: MessageView) -> str:
    if view.next_at is None:
        return ""
    return _("Next question {time}").format(time=f"<t:{int(view.next_at.timestamp())}:f>")


def _options(view: MessageView) -> str:
    reactions = view.controls is not None and view.controls.kind is ControlKind.REACTIONS
    shown = [
        _option(option, sign(position) if reactions else f"**{option.letter}.**" if option.letter else "")
        for position, option in enumerate(view.listed)
        if needs_line(option)
    ]
    airy = any("\n" in one or len(one) > _AIRY for one in shown)
    return ("\n\n" if airy else "\n").join(shown)


def _option(option: OptionView, letter: str) -> str:
    write: Callable[[str], str] = markdown.blocks if "\n" in option.text else markdown.inline
    shown = _beside(f"{_MARKS[option.mark]}{letter}", write(option.text))
    if option.mark_text:
        shown = _beside(shown, f"(**{option.mark_text}**)")
    if option.share is not None:
        shown += f"\n`{bar(option.share)}` {option.tally}"
    if option.note:
        shown += "\n" + "\n".join(f"> {line}" for line in markdown.blocks(option.note).split("\n"))
    return shown


def _beside(first: str, second: str) -> str:
    """Join two texts on one line; a code block gets its own lines."""
    first = first.rstrip()
    if not first:
        return second
    code = first.endswith("```") or second.startswith("```")
    return f"{first}\n{second}" if code else f"{first} {second}"


def _section(section: Section) -> str:
    return f"**{markdown.inline(section.title)}**\n{markdown.blocks(section.text)}"


def _table(table: Table) -> str:
    title = f"**{markdown.inline(table.title)}**\n" if table.title else ""
    return title + markdown.aligned(table.in_text)
