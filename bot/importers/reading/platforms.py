"""Leaves out what learning platforms print around a stem: "Flag question", "Mark 1.00 out of 1.00", "1 point"."""

import re
from collections.abc import Sequence

from bot.importers.reading.lines import Line
from bot.importers.reading.words import verdict_word

_LONGEST = 60
_MARKS = re.compile(
    r"^(?:[^\d?]{3,30}\s\d{1,3}[.,]\d\d(?:\s[^\d?]{1,10}\s\d{1,3}[.,]\d\d)?|\d{1,3}\s?/\s?\d{1,3}\s(?:pts?|points?))$",
    re.IGNORECASE,
)
"""What an answer earned: Moodle always prints two decimals, Canvas a slash."""
_WORTH = re.compile(r"^\d{1,3}\s(?:points?|punkte?|puntos?|punt[io]|pontos?|балл(?:а|ов)?)$", re.IGNORECASE)
_REQUIRED = re.compile(r"(?<=\S)\s\*$")
"""The star that Google Forms puts behind a question that must be answered."""
_PRINTED = frozenset(
    (
        *("flag question", "question text", "select one:", "select one or more:", "partially correct", "complete"),
        *("not answered", "not yet answered", "mark only one oval.", "check all that apply."),
        *("frage markieren", "fragetext", "wählen sie eine antwort:", "wählen sie eine oder mehrere antworten:"),
        *("teilweise richtig", "nicht beantwortet", "bisher nicht beantwortet", "vollständig"),
        *("marquer la question", "texte de la question", "veuillez choisir une réponse.", "non répondue"),
        *("veuillez choisir au moins une réponse.", "partiellement correct", "terminer"),
        *("marcar pregunta", "enunciado de la pregunta", "seleccione una:", "seleccione una o más de una:"),
        *("parcialmente correcta", "sin contestar", "finalizado"),
        *("marcar questão", "texto da questão", "escolha uma opção:", "escolha uma ou mais:", "parcialmente correto"),
        *("contrassegna domanda", "testo della domanda", "scegli un'alternativa:", "parzialmente corretta"),
        *("отметить вопрос", "текст вопроса", "выберите один ответ:", "выберите один или несколько ответов:"),
        *("нет ответа", "частично правильный", "выполнен"),
    )
)
"""Buttons, labels and states as Moodle and Google Forms print them, in lower case."""


def without_printed(stem: Sequence[Line]) -> list[Line]:
    """A stem without the lines that platforms print around it; unchanged if nothing else is there."""
    begin = next((at for at, line in enumerate(stem) if line.text.strip()), 0)
    left = [line for at, line in enumerate(stem) if line.code or not _is_printed(line.text.strip(), first=at == begin)]
    if len(left) == len(stem) or not any(line.text.strip() for line in left):
        return [*stem]
    if any(_WORTH.match(line.text.strip()) for line in stem):
        return [line.with_text(_REQUIRED.sub("", line.text)) for line in left]
    return left


def _is_printed(text: str, *, first: bool) -> bool:
    """Whether a platform prints such a line; what is said of the answer only where it is the ``first`` of a stem."""
    if not text or len(text) > _LONGEST:
        return False
    if text.casefold() in _PRINTED or (first and verdict_word(text) is not None):
        return True
    return bool(_MARKS.match(text) or _WORTH.match(text))
