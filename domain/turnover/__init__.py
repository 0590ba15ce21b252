"""How many supporters a scheme will have: release dates, the usual drop-out, who is in training, and what follows.

Plain values in, plain values out; `acts` alone looks anything up. Nothing here is made of contacts: what a supporter
was asked for never moves a forecast (rule 9).
"""
