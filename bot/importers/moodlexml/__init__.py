"""Reads questions in Moodle's XML: its elements, texts and pictures, and each type of question."""
