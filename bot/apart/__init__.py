"""Reads files from strangers in a process of their own; if it fails, the bot goes on unharmed."""
