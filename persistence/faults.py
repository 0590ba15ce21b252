"""What no rule foresaw: the store was asked for something it cannot mean, or the database refused with a reason that
stands for no rule. A defect of ours, never an answer to a caller."""


class Fault(Exception):
    """The database, or its stand-in, refused. Only names are in it, never a value: PostgreSQL's own text of a failed
    check quotes the row, and tracebacks are read by people who may not read rows."""

    def __init__(
        self, what: str, *, constraint: str | None = None, table: str | None = None, of_value: bool = False
    ) -> None:
        super().__init__(" ".join(w for w in (what, table, constraint) if w))
        self.what = what
        self.of_value = of_value
        """A value is at fault, and the database is as well as it was."""
        self.constraint = constraint
        self.table = table
