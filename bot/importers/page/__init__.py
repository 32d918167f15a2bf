"""Takes HTML pages apart."""
