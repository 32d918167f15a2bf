"""The project's own format read: YAML held against the schema, complaints in words, and the pictures it names."""
