"""Reads tables of questions: finds the rows, what each column holds, and the key in each row."""
