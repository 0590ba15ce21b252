"""Who may act, who is on duty, who did what: assignments, duty declarations, the ledger's lines, jobs."""
