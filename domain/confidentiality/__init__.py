"""Who may see what, and why: classification, viewer, policy, disclosure, admission, and the ledger's entry."""
