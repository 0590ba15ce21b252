"""What supporters are paid, where their kind of scheme is paid: a prison's bands with dated rates, units by the week,
the activities hub's sheet, and how it compares with other work.

Pay is never by the contact (domain facts 2.4), and no record here says when anybody met whom: half and whole days in a
week, and what they come to (rule 30).
"""
