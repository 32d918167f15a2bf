"""Looks for files that crash, hang or fool a reader: ``python -m tests.fuzz``, with Google's Atheris."""
