"""Banks written out, in the formats that have a way to write them."""
