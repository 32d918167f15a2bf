"""Takes text2qti apart: the elements of a file, and what becomes of a question."""
