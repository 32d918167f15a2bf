"""Writes banks out, one module for each kind of text."""
