"""Subject access: what is kept about somebody, told to himself through those who answer for the estate (F89, rule 21).

What each kind of record gives is a table (`of_him`, `helping`, `of_staff`), and a test holds it complete: a kind or a
field that is about a person is given, or says why it is not. Of a record in which two are concerned each is given his
own side, and nothing of the other. What is sealed is nowhere here, and decides nothing.
"""
