"""Two numbers that turn out to be one person, and a booking that was another's: what is kept of one is joined to the
other, so that nothing is lost, nobody is let off, and a mistake can be taken back (F91, rule 23)."""
