"""From 'may I see someone?' to what came of it: requests, inductions, enrolments, sessions, and the letterbox."""
