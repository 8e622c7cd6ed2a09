"""Bookings: dialogues in residents' words, races, waiting lists, visits."""
