"""Reads files by example: somebody marks the lines of one question, and the rest of the file is read like it.

`learning` finds the patterns that could be meant, `translating` rewrites the lines that fit them into marks that every
reader of question lists knows, and `trying` takes the patterns that explain the file best.
"""
