"""A scheme that has run before comes here with its supporters and its rota, and what is kept here of them is written
down in the same shape (F103): for a prison that kept it on paper, or that takes it elsewhere.

Each row is an act of its own, by the same rules as if it had been typed alone: none of it says that somebody is
cleared, and nobody serves by it before he and others have said so.
"""
