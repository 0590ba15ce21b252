"""The life of a scheme after its approval: what it needs for each move, who is asked, and what the service itself sees.

It stands above schemes, supporters, sessions and assignments, for it looks at all of them; none of them knows it."""
