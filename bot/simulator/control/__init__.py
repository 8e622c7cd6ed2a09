"""The control API under /_sim/: what the sandbox page and tests from outside drive the simulator with."""
