"""Fails a test whose people do what no Discord client would let them do."""


def demand(fact: object, otherwise: str) -> None:
    """Raise an AssertionError that says ``otherwise``, unless ``fact`` is true."""
    if not fact:
        raise AssertionError(otherwise)
