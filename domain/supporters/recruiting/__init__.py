"""How supporters are found fairly: the place is advertised, everybody is asked the same, several people score, what the
rules of the kind ask is looked at, security says yes or no, and whoever was turned down is told why and may appeal."""
