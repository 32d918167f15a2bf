"""Reads the files people have: bytes in, question drafts, notes and findings out."""
