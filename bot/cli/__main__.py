"""Lets `python -m bot.cli` be the same as `weizhan`."""

from bot.cli import main

main()
