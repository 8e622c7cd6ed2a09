"""What the tests stand on: a town to talk in, real databases, a running product."""
