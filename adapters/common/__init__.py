"""Code that several adapters share. It uses no platform's library; adapters import it, but never each other."""
