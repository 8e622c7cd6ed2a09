"""Members of the Party: the roster, and who of them is who in the chat."""
