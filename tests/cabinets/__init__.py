"""The device side of lockers: the protocol, its two carriers, lock boards, and fleets of simulated cabinets."""
