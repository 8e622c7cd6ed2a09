"""Being there and hours of study, as residents, members and staff meet them."""
