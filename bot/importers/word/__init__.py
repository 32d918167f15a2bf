"""Takes Word documents apart."""
