"""Rounds: asked, answered, closed."""
