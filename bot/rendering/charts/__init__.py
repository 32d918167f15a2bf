"""Charts: as SVG for web pages, coloured by style sheets and beside a table, and as PNG for private replies."""
