"""The ledger at rest: what of an entry is a column, and how entries get there."""
