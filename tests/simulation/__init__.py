"""A deterministic simulation of the core: one seed drives everything that happens, and everything that goes wrong."""
