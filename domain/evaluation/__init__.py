"""Did it work, said honestly: instruments and their scores, the plan of an evaluation, and the report (S30 to S34)."""
