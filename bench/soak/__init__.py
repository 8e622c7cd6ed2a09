"""The product killed again and again under load, and counted afterwards: nothing lost, nothing twice."""

from bench.soak.counted import Line, Table, counted
from bench.soak.run import Plan, soak

__all__ = ["Line", "Plan", "Table", "counted", "soak"]
