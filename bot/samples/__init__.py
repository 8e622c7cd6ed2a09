"""Communities that are not real: the one of the demo."""
