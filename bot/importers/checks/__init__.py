"""Checks that turn doubts about questions into findings, whatever format the questions came in."""
