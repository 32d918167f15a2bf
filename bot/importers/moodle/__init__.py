"""What Moodle's formats have in common: weighted answers, categories, and texts in HTML."""
