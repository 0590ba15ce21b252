"""What leaves the service of itself: events, webhooks and audit messages. A projection of the ledger whose default is
deny (rule 3)."""
