"""Takes Moodle's Aiken apart: what each line is, and what becomes of a question."""
