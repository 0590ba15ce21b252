"""How long each kind of record is kept, and what ends it."""
