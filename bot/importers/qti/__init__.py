"""Takes QTI's files apart: version 1.2, and versions 2 and 3, which differ in names only."""
