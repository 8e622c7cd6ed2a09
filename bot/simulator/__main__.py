"""Runs the simulator as a process of its own: `python -m bot.simulator --help`."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence

from bot.simulator.account import Mode
from bot.simulator.echo import Echo
from bot.simulator.platform import Platform
from bot.simulator.world import Limits


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; the exit status."""
    options = _parser().parse_args(arguments)
    try:
        asyncio.run(_serve(options))
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.simulator", description="WeChat's platform on loopback.")
    parser.add_argument("--port", type=int, default=8100, help="on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--webhook", help="where messages are pushed; without it, to one that says back what it hears")
    parser.add_argument("--token", required=True, help="signs the pushes")
    parser.add_argument("--app-id", required=True)
    parser.add_argument("--app-secret", required=True)
    parser.add_argument("--aes-key", help="43 letters and digits")
    parser.add_argument("--mode", choices=[mode.value for mode in Mode], help="secure where there is a key, else plain")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long a delivery may take")
    return parser


async def _serve(options: argparse.Namespace) -> None:
    echo = Echo(options.token, options.app_id, options.aes_key)
    webhook_url = options.webhook or await echo.start()
    async with await Platform.start(
        webhook_url=webhook_url,
        token=options.token,
        app_id=options.app_id,
        app_secret=options.app_secret,
        aes_key=options.aes_key,
        mode=options.mode or (Mode.SECURE if options.aes_key else Mode.PLAIN),
        port=options.port,
        limits=Limits(seconds=options.seconds),
    ) as platform:
        sys.stdout.write(f"{platform.api_base} pushes to {webhook_url}\n")
        sys.stdout.flush()
        await _interrupted()
    await echo.stop()


async def _interrupted() -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
