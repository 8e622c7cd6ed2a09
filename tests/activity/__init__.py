"""Activities, neighbours' help and notices, as residents and staff meet them."""
