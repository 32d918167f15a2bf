"""Reads files by example: somebody marks the lines of one question, and the rest of the file is read like it.

`guessing` and `learning` find the patterns that could be meant, `tagging` and `reader` read a file by them, and
`trying` takes those that explain the file best.
"""
