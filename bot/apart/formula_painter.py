"""The process that paints formulas: one picture after the other from its standard input, until that is closed.

It limits its own memory and time: the library that lays formulas out takes twice as long with each level of nesting.
"""

from bot.apart.serving import serve_pictures
from bot.rendering.formulas.painting import paint

if __name__ == "__main__":
    serve_pictures(paint)
