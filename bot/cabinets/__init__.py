"""Doors: what a cabinet and the server say to each other, how it travels, and how a board's locks are driven."""
