"""Charts as SVG for web pages: each stands beside a table with its numbers, and the page's style sheet colours it."""
