"""Use cases: async functions with what they need as parameters."""
