"""Small texts in other scripts than Latin that were once read wrong, or lost."""

from tests.unit.importers.as_read import read


def test_percentages_behind_plus_and_minus_are_choices_not_statistics() -> None:
    document = read(
        """
        1. Доля кислорода в воздухе
        + 21%
        - 78%
        2. Самая большая планета
        + Юпитер
        - Марс
        3. Доля азота в воздухе
        + 78%
        - 21%
        """
    )
    assert [(q.choices, q.key, q.explanation) for q in document.questions] == [
        (("21%", "78%"), (0,), ""),
        (("Юпитер", "Марс"), (0,), ""),
        (("78%", "21%"), (0,), ""),
    ]
