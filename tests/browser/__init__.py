"""Tests that need a browser: what a person sees and can do on the pages."""
