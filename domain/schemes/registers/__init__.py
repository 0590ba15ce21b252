"""The registers of a scheme: what keeps it going from day to day, and what its people agree on. About the scheme, never
about who used it."""
