"""Volunteers' shifts, and residents who offer to teach."""
