"""The process that paints sheets: one after the other from its standard input, until that is closed.

It limits its own memory and time: a small picture can take hours to unpack, such as a JPEG of thousands of passes.
"""

from bot.apart.serving import serve_pictures
from bot.rendering.sheet import paint

if __name__ == "__main__":
    serve_pictures(paint)
