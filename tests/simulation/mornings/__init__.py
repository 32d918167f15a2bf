"""Mornings on which everything goes wrong for several processes, and each daily question still comes once."""
