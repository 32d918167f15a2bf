"""Parse typed commands, such as ``/quiz daily set 09:00 Europe/Berlin answer_with=reactions``.

An option may be typed as ``name:value``, too, as menus show it.
"""

import shlex
from collections.abc import Sequence

from bot.domain.commands import ChatCommand, Option, Slot, ValueKind
from bot.domain.errors import BadInput
from bot.domain.typed import typed, without_marks
from bot.i18n import gettext as _
from bot.services.chat.commands import Command
from bot.services.chat.commands.table import COMMANDS, GROUPS, in_group

LONGEST = 6_000
"""The longest text that is read as a command, in characters: reading time grows with the square of the length."""
_QUIZ = "quiz"
_YES = "yes"


def is_command(text: str) -> bool:
    """Whether a message is meant for the bot."""
    return text.lstrip().startswith("/")


def parse_command(text: str) -> ChatCommand:
    """Parse a message as a command; ``/quiz`` in front of it is optional.

    Raises:
        BadInput: there is no such command, it doesn't take one of the words, or the text is too long.
    """
    if len(text) > LONGEST:
        raise BadInput(_("That is too long for a command: it can have {most} characters at most.").format(most=LONGEST))
    words = _words(without_marks(text).strip().removeprefix("/"))
    if words and words[0].casefold() == _QUIZ:
        words = words[1:]
        if not (words and _is_first_word(words[0].casefold())):
            return _read(COMMANDS[_QUIZ], words)
    head = words[0].casefold() if words else ""
    if not _is_first_word(head):
        raise BadInput(
            _("I don't know “/{word}”. Type {command} to see what there is.").format(word=head, command=typed("help"))
        )
    if head in GROUPS:
        return _read(_in_group(head, words[1:2]), words[2:])
    return _read(COMMANDS[head], words[1:])


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # a lone quotation mark, as in "What's up"
        return text.split()


def _is_first_word(word: str) -> bool:
    return word in GROUPS or (word in COMMANDS and word != _QUIZ)


def _in_group(head: str, second: Sequence[str]) -> Command:
    commands = in_group(head)
    if not second:
        return next(command for command in commands if command.opens_group)
    action = second[0].casefold()
    found = COMMANDS.get(f"{head} {action}")
    if found is None:
        raise BadInput(
            _("“{head} {action}” isn't a command. There are: {actions}.").format(
                head=head, action=action, actions=", ".join(command.name for command in commands)
            )
        )
    return found


def _read(command: Command, words: Sequence[str]) -> ChatCommand:
    """Read the words after a command's name as its options."""
    reading = _Reading(command)
    for word in words:
        reading.take(word)
    return ChatCommand(name=command.name, options=reading.given)


class _Reading:
    """Reads the options of one command, word by word."""

    def __init__(self, command: Command) -> None:
        self.given: dict[str, str] = {}
        self._misfit = command.misfit
        self._known = {option.name: option for option in command.typed_options}
        self._listed = [option for option in command.options if option.is_typed]
        self._named = [option for option in self._listed if option.slot is Slot.NAMED]
        self._bare = [option for option in self._listed if option.slot is Slot.NEXT]
        self._latest: Option | None = None

    def take(self, word: str) -> None:
        """Give the word to the option that it is meant for.

        Raises:
            BadInput: the word fits no option, and the command doesn't ignore such words.
        """
        name, equals, _value = word.partition("=")
        if found := self._by_name(word) or self._recognised(word):
            self._give(*found)
        elif equals and self._named and not any(option.takes_rest for option in self._bare):
            raise BadInput(
                _("“{name}” isn't an option. There are: {options}.").format(
                    name=name, options=", ".join(option.name for option in self._listed)
                )
            )
        elif option := self._next():
            before = [self.given[option.name]] if option.name in self.given else []
            self._give(option, ("" if option.kind is ValueKind.CODE else " ").join((*before, word)))
        else:
            self._refuse(word)

    def _by_name(self, word: str) -> tuple[Option, str] | None:
        """Return the option whose name begins the word, and the value; None if there is none."""
        for sign in ("=", ":"):
            name, found, value = word.partition(sign)
            option = self._known.get(name.casefold())
            is_named = value or found == "="  # a word of a text may end in a colon
            if option and found and is_named and not self._goes_on(option):
                return option, self._checked(option, value)
        return None

    def _goes_on(self, option: Option) -> bool:
        """Whether an option that takes the rest has begun; from then on its own name is just another word."""
        return option.takes_rest and option.slot is Slot.NEXT and option.name in self.given

    def _give(self, option: Option, value: str) -> None:
        self.given[option.name] = value
        self._latest = option

    def _checked(self, option: Option, value: str) -> str:
        """Return the value after an option's name; an option that is recognised by its choices accepts no other."""
        if option.slot is not Slot.ANYWHERE or not option.choices:
            return value
        found = _choice(option, value)
        if found is None:
            self._refuse(value)
        return found or value

    def _recognised(self, word: str) -> tuple[Option, str] | None:
        """Return the option that a bare word fits by its form, and the value; None if there is none."""
        for option in self._known.values():
            if option.slot is not Slot.ANYWHERE:
                continue
            if choice := _choice(option, word):
                return option, choice
            if option.kind is ValueKind.NUMBER and word.isdecimal() and option.name not in self.given:
                return option, word
            if option.kind is ValueKind.YES_NO and word.casefold() == option.name:
                return option, _YES
        return None

    def _next(self) -> Option | None:
        """Return the option that takes the next bare word; None if there is none."""
        if self._latest and self._latest.takes_rest:
            return self._latest
        return next((one for one in self._bare if one.takes_rest or one.name not in self.given), None)

    def _refuse(self, word: str) -> None:
        if self._misfit:
            raise BadInput(str(self._misfit.format(word=word.casefold())))
        if self._named:
            example = next((one.example for one in self._named if one.example), f"{self._named[0].name}=…")
            raise BadInput(
                _("I don't understand “{word}”. Write options like {example}.").format(word=word, example=example)
            )


def _choice(option: Option, word: str) -> str | None:
    """Return the choice that a word means, in singular or plural; None if there is none."""
    folded = word.casefold()
    return next((choice for choice in option.choices if folded in {choice, f"{choice}s"}), None)
