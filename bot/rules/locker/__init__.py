"""Locker cabinets: who may put something in and take it out, by what code, and what the cabinets are told."""
