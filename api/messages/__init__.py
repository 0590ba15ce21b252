"""Messages: what prison systems send us, and what is sent from here."""
