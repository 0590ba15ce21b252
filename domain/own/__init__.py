"""A supporter's own view: what is recorded of him, who may see it, his certificates and his pay."""
