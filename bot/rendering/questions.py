"""A round's public messages: the question while it is open, the question once closed, and the result."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.alternatives import alternatives
from bot.domain.answers import Answer
from bot.domain.identity import Player, PlayerId
from bot.domain.kinds import ShownOption, kind_of
from bot.domain.questions import Question
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.shortening import shortened
from bot.domain.standings import Standing
from bot.domain.views import ControlKind, Controls, Mark, MessageView, OptionView, Section
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.boards import standings_table
from bot.rendering.numbers import number, percent
from bot.rendering.reveal import Highlights, highlights
from bot.rendering.words import literal

_PLAIN = Highlights()

LONGEST_IN_WORDS = 200
"""The longest text of a choice that is told beside its letter."""

_TALKED_ABOUT = 60
"""How many characters of a question become the name of its thread."""


def open_question(
    round_: Round,
    question: Question,
    *,
    thread: bool = False,
    next_at: datetime | None = None,
    calls: str = "",
    asked_by: Player | None = None,
    set_up_by: Player | None = None,
) -> MessageView:
    """The question with everything a player needs to answer it, and nothing that tells the key.

    With ``thread``, the question gets a thread where people can talk about it. ``next_at`` is when the next question of
    its series comes, which closes a round that has no other time to close. ``calls`` says whom the message notifies,
    ``asked_by`` who asked for it, ``set_up_by`` who set its series up.
    """
    named = {_("Asked by"): asked_by, _("Set up by"): set_up_by}
    return MessageView(
        title=_title(round_, question),
        text=kind_of(round_).shown_stem(question.stem),
        image=question.image,
        options=_options(round_, question),
        hint=_hint(kind_of(round_).hint(round_), round_),
        controls=_controls(round_),
        menus=kind_of(round_).menus(round_, question),
        sections=tuple(_naming(title, player) for title, player in named.items() if player),
        closes_at=round_.closes_at or next_at,
        calls=calls,
        discussion=_discussion(question) if thread else "",
    )


def _naming(title: str, player: Player) -> Section:
    return Section(title=title, text=f"- {literal(player.name)}", players=(player.id,))


def _discussion(question: Question) -> str:
    words = question.stem.replace("`", "").replace("*", "")
    return _("Talk about it: {stem}").format(stem=shortened(words, _TALKED_ABOUT))


def back_of_card(round_: Round, question: Question, told: str) -> MessageView:
    """The back of a card, in private; with buttons that answer the round, unless ``told`` says why it takes none."""
    return MessageView(
        text=round_.key.in_full,
        options=() if told else _options(round_, question),
        hint=told or _("How well did you know it?"),
        controls=None if told else replace(_controls(round_), kind=ControlKind.BUTTONS),
        closes_at=None if told else round_.closes_at,
    )


def closed_question(round_: Round, question: Question, answered: int) -> MessageView:
    """The question after its close: without the result, so that latecomers can think first.

    Only where the result may stand far from it does it tell what was right.
    """
    return MessageView(
        title=_title(round_, question),
        text=kind_of(round_).shown_stem(question.stem),
        image=question.image,
        options=_options(round_, question),
        footer=" ".join((_("Closed."), final_count(answered))),
        outcome=_outcome(round_, question),
    )


def result(
    round_: Round,
    question: Question,
    answers: Sequence[Answer],
    names: Mapping[PlayerId, str],
    standings: Sequence[Standing],
    told: Highlights = _PLAIN,
    *,
    next_at: datetime | None = None,
) -> MessageView:
    """The result: right choice, explanation, answers, how hard it was, points, and the week's standings.

    ``next_at`` is when the next question of its series comes.
    """
    given = [answer for answer in answers if answer.response]
    return MessageView(
        title=_right_answer(round_, question),
        text="\n\n".join(filter(None, (round_.key.in_full, question.explanation))),
        options=result_options(round_, question, given),
        sections=highlights(round_, given, names, told),
        table=standings_table(standings, title=_("This week so far")) if standings else None,
        next_at=next_at,
        footer=final_count(len(given)),
        asked=kind_of(round_).shown_stem(question.stem),
    )


def answered_count(number: int) -> str:
    """How many have answered so far, in words."""
    return _("Nobody has answered yet.") if number == 0 else final_count(number)


def final_count(number: int) -> str:
    """How many answered, in words, once the round has closed."""
    if number == 0:
        return _("Nobody answered.")
    return ngettext("{number} answered.", "{number} answered.", number).format(number=number)


def result_options(round_: Round, question: Question, given: Sequence[Answer] | None) -> tuple[OptionView, ...]:
    """The options marked right or wrong, with explanations.

    With ``given``, they also have their pictures, and how many chose each; receipts stand below the pictures anyway.
    """
    told = kind_of(round_).result(round_, question, [answer.response for answer in given or ()])
    return tuple(_told(option, round_, None if given is None else len(given)) for option in told)


def _told(option: ShownOption, round_: Round, answered: int | None) -> OptionView:
    share = option.number / answered if answered else 0.0
    return OptionView(
        letter=option.letter,
        text=_markdown(option),
        mark=_mark(right=option.right) if round_.key and kind_of(round_).scored else Mark.NONE,
        mark_text=_("right") if option.right else "",
        note=option.note,
        tally="" if answered is None else f"{number(option.number)} ({percent(share)})",
        share=None if answered is None else share,
        image=None if answered is None else option.image,
        picture_alone=answered is not None and option.picture_alone,
        picture_above=True,
    )


def _markdown(option: ShownOption) -> str:
    return literal(option.text) if option.is_plain else option.text


def _options(round_: Round, question: Question) -> tuple[OptionView, ...]:
    return tuple(
        OptionView(
            letter=option.letter,
            text=_markdown(option),
            image=option.image,
            picture_alone=option.picture_alone,
        )
        for option in kind_of(round_).options(round_, question)
    )


def _controls(round_: Round) -> Controls:
    controls = kind_of(round_).controls(round_)
    arranging = _hint(controls.arranging, round_) if controls.arranging else ""
    return replace(controls, first_counts=round_.reveal is Reveal.ON_ANSWER, arranging=arranging)


def _hint(how: str, round_: Round) -> str:
    return " ".join(filter(None, (literal(how), _how_revealed(round_))))


def _mark(*, right: bool) -> Mark:
    return Mark.RIGHT if right else Mark.WRONG


def _title(round_: Round, question: Question) -> str:
    if round_.night_id is not None:
        return _("Quiz night")
    if round_.on_demand:
        return _("Quick question")
    if round_.number is None:
        return _("Question of the day")
    if not question.topic:
        return _("Question {number}").format(number=round_.number)
    return _("Question {number} · {topic}").format(number=round_.number, topic=literal(question.topic))


def _how_revealed(round_: Round) -> str:
    if round_.answer_with is AnswerWith.REACTIONS:
        return _("Answer with a reaction; you can change it. The result comes when the question closes.")
    if round_.reveal is Reveal.AT_CLOSE:
        return _("You can change your answer until the question closes; then comes the result.")
    return _("Your first answer counts.") if kind_of(round_).scored else _("Your first answer stands.")


def _right_answer(round_: Round, question: Question) -> str:
    """What was right in one line, with the text behind its letter."""
    if not round_.key:
        return _("This question was withdrawn: it doesn't count")
    if round_.key.in_full:
        return _("The answer")
    number, letters = right_ones(round_)
    told = ngettext("Right answer: {letters}", "Right answers: {letters}", number).format(letters=letters)
    text = text_of_right(round_, question)
    return f"{told}, {text}" if text else told


def _outcome(round_: Round, question: Question) -> str:
    """What was right in one line; empty for a card, whose back is too long."""
    return "" if round_.key and round_.key.in_full else _right_answer(round_, question)


def text_of_right(round_: Round, question: Question) -> str:
    """Return the text behind the letter of the one right answer, if it is short; empty if it isn't, or has none."""
    number, _letters = right_ones(round_)
    if number != 1 or not (kind_of(round_).lettered and kind_of(round_).picks):
        return ""
    (text,) = (option.text for option in result_options(round_, question, None) if option.mark is Mark.RIGHT)
    return "" if len(text) > LONGEST_IN_WORDS or "\n" in text else text


def right_ones(round_: Round) -> tuple[int, str]:
    """Return how many answers are right together, and their names.

    Where any one of several is enough, count one and name the best.
    """
    parts = tuple(map(literal, round_.key.named(round_.order)))
    return (1, alternatives(parts)) if kind_of(round_).any_part else (len(parts), ", ".join(parts))
