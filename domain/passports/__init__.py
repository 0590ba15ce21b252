"""What a supporter takes with him: a passport of his certificates, a reference, and what he says it gave him.

Each is his: he asks for the passport and takes it back, reads a reference before anybody else is given it, and rates
himself. Clearance, sessions, whom he met, how he fared and whether he was ever suspended are in none of them.
"""
