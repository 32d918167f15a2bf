"""For the people of a test: what a client would not let them do."""


def demand(fact: object, otherwise: str) -> None:
    """Fail the test unless something is so."""
    if not fact:
        raise AssertionError(otherwise)
