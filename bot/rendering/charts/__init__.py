"""Charts: SVG for web pages, where style sheets colour it and a table has its numbers; and PNG for private replies."""
