"""The demonstration's content: two prisons, a year of made-up history, a cast that may act, and what is told of it.

Everybody in here is invented. Content follows from a number and an instant; ids are random, as anywhere.
"""
