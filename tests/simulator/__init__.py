"""Tests of the platform simulator."""
