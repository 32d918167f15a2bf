"""What documents with formatting have in common: lines that know where they stand, lists, tables, pictures and keys."""
