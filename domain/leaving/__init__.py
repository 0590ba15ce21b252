"""How a supporter leaves the role, for now or for good, and what becomes of all that hangs on him."""
