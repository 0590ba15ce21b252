"""Watching over a scheme for what may go wrong with it (S27 to S29): breaches and unusual looks, how evenly places,
pay and shifts are spread, what speaks of each risk of the register, and objectives worked out of the records."""
