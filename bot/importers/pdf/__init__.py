"""Takes the text of PDF files apart."""
