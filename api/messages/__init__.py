"""Messages of the prison's systems, in and out: what they look like on the wire, and how they are fetched and sent
(hmpps.md 4 and 5). What follows from one is the domain's."""
