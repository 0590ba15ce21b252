"""What schemes did, in numbers that may leave: counted once when a month is over, let out together, told beside the
period before (domain facts 5.5 to 5.7; rule 19)."""
