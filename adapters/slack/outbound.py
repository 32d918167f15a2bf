"""Turn the core's views into Slack messages: pure functions."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from adapters.slack.text import blocks as kit
from adapters.slack.text import mrkdwn
from adapters.slack.text.blocks import NUMBERS, Block, sign
from bot.domain.formulas import Formulas
from bot.domain.series import HERE
from bot.domain.sheets import needs_line
from bot.domain.shortening import shortened
from bot.domain.views import ControlKind, Controls, Mark, MessageView, OptionView, Section, Table
from bot.i18n import gettext as _
from bot.rendering.fixed_width import aligned, bar
from bot.rendering.questions import answered_count
from bot.services.illustrations import Illustration, untold, words

PICK = "pick"
"""The action of a letter's button; ``pick:2`` is the third's."""
CHOOSE = "choose"
"""The action of the checkboxes or the menu for several choices."""
SUBMIT = "submit"
"""The action of the button below the checkboxes or the menu."""
RUN = "run"
"""The action of a button that runs the command in its value; ``run:1`` is that of the second button in a row."""
FILL_IN = "fill_in"
"""The action of the button that opens a form to fill in; its value is the round's id."""
SHOW_BACK = "show_back"
"""The action of the button that shows the back of a card; its value is the round's id."""

GROUP = re.compile(r"&(S[A-Z0-9]{7,63})")
"""A user group, as the core names it."""

_MOST_BLOCKS = 50
_MOST_JSON = 12_000
"""Slack refuses a message whose blocks come to about 13,000 characters together, and doesn't document how it counts."""
_LONGEST_TEXT = 3_000
_LONGEST_ASKED = 300
"""How many characters of a question its result begins with."""

_NO_FILES: Mapping[Illustration, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Content:
    """One Slack message: its blocks, and the ``text`` that notifications show and screen readers read."""

    text: str
    blocks: list[Block]


def contents(
    view: MessageView,
    answered: int | None = None,
    *,
    files: Mapping[Illustration, str] = _NO_FILES,
    link: str = "",
) -> list[Content]:
    """Turn a view into a message, and into further messages if one can't hold everything.

    Args:
        view: what to say.
        answered: how many have answered, if that is shown.
        files: Slack's ids of the view's pictures; without its id, a picture is told in words.
        link: a link to the question that it is about, by `to_question`; empty: none, or it is in its thread.
    """
    called = _called(view.calls)
    body = kit.sections([called]) + _body(view, files)
    foot = [*_foot(view, answered), *kit.context(link)]
    first, *more = _parted(body, foot)
    text = mrkdwn.unmarked(kit.cut(_read_aloud(view), _LONGEST_TEXT))
    text = f"{called} {text}" if called else text
    text = "\n".join(filter(None, (text, *_moments(view))))
    continued = mrkdwn.unmarked(_("Continued"))
    return [Content(text, first), *(Content(continued, part) for part in more)]


def blocks(view: MessageView) -> list[Block]:
    """Turn a view into blocks for a page with room for everything, such as the app's home."""
    return [*_body(view, _NO_FILES), *_foot(view, None)]


def labels(view: MessageView) -> list[str]:
    """Return what stands before each choice, for a picture of formulas: its letter, or its number for reactions.

    Reactions beyond the numbers are coloured shapes, which a picture of formulas doesn't have.
    """
    if not _has_signs(view):
        return [option.letter for option in view.listed]
    return [str(at) if at <= len(NUMBERS) else "" for at, _option in enumerate(view.listed, start=1)]


def closing_time(moment: datetime) -> str:
    """Write when a question closes, in each reader's own time zone; in UTC if Slack can't convert it."""
    return mrkdwn.unmarked(_("Closes {time}")).format(time=_time(moment))


def _moments(view: MessageView) -> list[str]:
    by = [mrkdwn.unmarked(_("Answer by {time}")).format(time=_time(view.answer_by))] if view.answer_by else []
    return by + ([closing_time(view.closes_at)] if view.closes_at else [])


def to_question(address: str, channel: str) -> str:
    """Return a link to a question, with the name of its channel."""
    return f"<#{channel}> · <{address}|{mrkdwn.unmarked(_('To the question'))}>"


def _time(moment: datetime) -> str:
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} {{time}}|{moment:%Y-%m-%d %H:%M} UTC>"


def _called(calls: str) -> str:
    """Write the mention that notifies people; everywhere else what looks like one is escaped."""
    if calls == HERE:
        return "<!here>"
    group = GROUP.fullmatch(calls)
    return f"<!subteam^{group[1]}>" if group else ""


def _has_signs(view: MessageView) -> bool:
    return view.controls is not None and view.controls.kind is ControlKind.REACTIONS


def _body(view: MessageView, files: Mapping[Illustration, str]) -> list[Block]:
    signs = _has_signs(view)
    asks = bool(view.options or view.controls)  # nobody should have to unfold a question before answering it
    body = kit.context(mrkdwn.unmarked(_asked(view)))
    body += [kit.header(mrkdwn.visible(view.title))] if view.title else []
    body += kit.sections(mrkdwn.pieces(view.text), gap="\n\n", whole=asks)
    pictures: dict[Illustration, str] = dict.fromkeys(untold(view), "")
    pictures |= files
    for shown, file in pictures.items():
        body += _picture(shown, file)
    listed = [(at, option) for at, option in enumerate(view.listed) if signs or needs_line(option)]
    options = [_option(option, sign(at) if signs else "") for at, option in listed]
    body += kit.sections((piece for option in options for piece in option), gap="\n\n", whole=asks)
    for part in view.sections:
        body += kit.sections(mrkdwn.pieces(part.text, lead=f"*{mrkdwn.inline(part.title)}*\n" if part.title else ""))
        body += _command_row(part) if part.buttons else []
    return body + (_table(view.table) if view.table else [])


def _asked(view: MessageView) -> str:
    """Return the beginning of the question that a result is about: it may stand far below it in the channel."""
    return shortened(mrkdwn.visible(view.asked), _LONGEST_ASKED)


def _picture(shown: Illustration, file_id: str) -> list[Block]:
    """Show a picture or, as long as Slack doesn't have it, its words; those of formulas are in the text."""
    alt = words(shown, kit.ALT_LIMIT) or _("A picture")
    if file_id:
        return [kit.picture(file_id, alt)]
    return [] if isinstance(shown, Formulas) else kit.context(mrkdwn.unmarked(alt))


def _option(option: OptionView, sign_: str) -> list[str]:
    """Write a choice with its mark, tally and note."""
    told = {Mark.RIGHT: "✓ ", Mark.WRONG: "✗ ", Mark.NONE: ""}[option.mark]
    lead = f"{told}{sign_}{' ' if sign_ else ''}" + (f"*{option.letter}*  " if option.letter else "")
    behind = [
        f"*{mrkdwn.inline(option.mark_text)}*" if option.mark_text else "",
        bar(option.share) if option.share is not None else "",
        mrkdwn.inline(option.tally),
    ]
    line = "  ".join(filter(None, behind))
    text = option.text if needs_line(option) else ""
    lines = [*mrkdwn.choice(text, lead), *([line] if line else []), *mrkdwn.pieces(option.note)]
    return ["\n".join(lines)] if sum(map(len, lines)) + len(lines) <= mrkdwn.SECTION_LIMIT else lines


def _table(table: Table) -> list[Block]:
    rows = [[mrkdwn.visible(cell) for cell in row] for row in table.in_text]
    title = [f"*{mrkdwn.inline(table.title)}*"] if table.title else []
    return kit.sections([*title, *mrkdwn.framed(aligned(rows))])


def _foot(view: MessageView, answered: int | None) -> list[Block]:
    controls = _CONTROLS[view.controls.kind](view.controls, view.options) if view.controls else []
    outcome = f"*{mrkdwn.inline(view.outcome)}*" if view.outcome else ""
    count = mrkdwn.inline(answered_count(answered)) if answered is not None else ""
    coming = mrkdwn.unmarked(_("Next question {time}")).format(time=_time(view.next_at)) if view.next_at else ""
    return [
        *kit.context(mrkdwn.inline(view.hint)),
        *controls,
        *kit.sections([outcome]),
        *kit.context(*_moments(view), count, mrkdwn.inline(view.footer), coming),
    ]


def _command_row(part: Section) -> list[Block]:
    buttons = [
        kit.button(one.label, f"{RUN}:{at}", one.command.plain, spoken=one.label) for at, one in enumerate(part.buttons)
    ]
    return [kit.actions(buttons)]


def _buttons(controls: Controls, options: Sequence[OptionView]) -> list[Block]:
    buttons = [
        kit.button(mrkdwn.visible(option.label), f"{PICK}:{at}", f"{controls.round_id}:{at}", spoken=label(option))
        for at, option in enumerate(options)
    ]
    return [kit.actions(buttons)]


def _boxes(controls: Controls, options: Sequence[OptionView]) -> list[Block]:
    several = kit.choice_of_several(CHOOSE, [label(option) for option in options], _("Choose"))
    submit = kit.button(_("Submit"), SUBMIT, str(controls.round_id), spoken=_("Submit"), primary=True)
    # The boxes keep their id when the count below them is edited, or what people have ticked would be lost each time.
    return [kit.actions([several], block_id=f"round:{controls.round_id}:{CHOOSE}"), kit.actions([submit])]


def _form_button(controls: Controls, _options: Sequence[OptionView]) -> list[Block]:
    return _one_button(controls, _("Answer"), FILL_IN)


def _card_button(controls: Controls, _options: Sequence[OptionView]) -> list[Block]:
    return _one_button(controls, _("Show the back"), SHOW_BACK)


def _one_button(controls: Controls, words: str, action: str) -> list[Block]:
    button = kit.button(words, action, str(controls.round_id), spoken=words, primary=True)
    return [kit.actions([button])]


def _nothing(_controls: Controls, _options: Sequence[OptionView]) -> list[Block]:
    return []


def label(option: OptionView) -> str:
    """Return an option's letter and text without markup."""
    return f"{option.letter}  {mrkdwn.visible(option.text)}".lstrip()


_CONTROLS: Mapping[ControlKind, Callable[[Controls, Sequence[OptionView]], list[Block]]] = {
    ControlKind.BUTTONS: _buttons,
    ControlKind.SELECT: _boxes,
    ControlKind.REACTIONS: _nothing,  # they are on the message, not under it
    ControlKind.FIELDS: _form_button,
    ControlKind.MENUS: _form_button,
    ControlKind.CARD: _card_button,
}


def _parted(body: Sequence[Block], foot: Sequence[Block]) -> list[list[Block]]:
    """Divide the blocks into messages: the first has the footer, and as much as fits before it."""
    parts: list[list[Block]] = [[]]
    for block in body:
        reserved = [*foot, *kit.context(_rest())] if len(parts) == 1 else []
        if parts[-1] and not _fits([*parts[-1], block, *reserved]):
            parts.append([])
        parts[-1].append(block)
    parts[0] += [*(kit.context(_rest()) if len(parts) > 1 else []), *foot]
    return parts


def _rest() -> str:
    return mrkdwn.unmarked(_("That's long: the rest follows below."))


def _fits(blocks_: Sequence[Block]) -> bool:
    return len(blocks_) <= _MOST_BLOCKS and len(json.dumps(blocks_, ensure_ascii=False)) <= _MOST_JSON


def _read_aloud(view: MessageView) -> str:
    """Return the words of a message, as somebody would read them aloud."""
    title, text = mrkdwn.visible(view.title), mrkdwn.visible(view.text)
    lines = [_asked(view), ": ".join(filter(None, (title, text)))]
    lines += [view.image.alt] if view.image else []
    for option in view.options:
        picture = option.image.alt if option.image and not option.picture_alone else ""
        told = (mrkdwn.visible(option.text), picture, option.mark_text, option.tally, mrkdwn.visible(option.note))
        lines.append(": ".join(filter(None, (option.letter, ", ".join(filter(None, told))))))
    lines.append(mrkdwn.visible(view.hint))
    lines += [f"{mrkdwn.visible(part.title)}: {mrkdwn.visible(part.text)}" for part in view.sections]
    if view.table is not None:
        lines += [mrkdwn.visible(view.table.title), *(", ".join(map(mrkdwn.visible, row)) for row in view.table.rows)]
    return "\n".join(filter(None, [*lines, mrkdwn.visible(view.outcome), mrkdwn.visible(view.footer)]))
