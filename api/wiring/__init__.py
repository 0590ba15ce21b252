"""The composition root: the only package that knows where data rest. Everything else sees ports.

    database    which database, with which login; its tables, its roles, its stamp
    secrets     the service's keys, and whose tokens it trusts
    opening     everything that a process needs, put together
    examining   the same, looked at one by one for an operator

What cannot start says so in one line (`CannotStart`), in the order in which an operator would mend it: keys, the
database's address, its tables, the login (never a superuser, never the owner), the stamp (rule 22), issuers.
"""
