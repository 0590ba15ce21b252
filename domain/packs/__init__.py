"""What leaves as a whole: evidence for inspectors and monitors, a chronology after a death, registers for a
spreadsheet, and the month's figures (issue E 8 and 9; rules 3, 16 and 19)."""
