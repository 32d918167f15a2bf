"""Leagues, the spaces that share them, and their teams."""
