"""Pages of partners: who made shoots possible."""
