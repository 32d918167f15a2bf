"""Reads the project's own format: the reader, its complaints in words, and the pictures."""
