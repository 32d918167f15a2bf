"""Standings: scores, seasons, weeks, and the pages and posts that show them."""
