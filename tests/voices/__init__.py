"""Residents' voices: suggestions, polls, contests."""
