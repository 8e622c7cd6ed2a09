"""Open311 GeoReport v2 with mySociety's servicerequestupdates, as a client and as the form of our own server."""
