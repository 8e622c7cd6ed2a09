"""A load client that costs little: non-blocking sockets under one epoll, requests ready, replies kept as bytes."""

import random
import select
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from time import perf_counter, process_time

CONNECTIONS = 64
KEEP_EVERY = 20  # one reply in so many is kept to be opened afterwards
_END = b"\r\n\r\n"
_LENGTH = b"Content-Length: "


@dataclass(slots=True)
class Run:
    """What a run brought. Latencies in seconds; `kept` are number, status and body of the kept replies."""

    seconds: float = 0.0
    client_seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    kept: list[tuple[int, int, bytes]] = field(default_factory=list)
    refused: int = 0

    def add(self, other: "Run") -> None:
        """Count another run with this one; what was kept is not."""
        self.seconds += other.seconds
        self.client_seconds += other.client_seconds
        self.latencies += other.latencies
        self.refused += other.refused

    def milliseconds(self, share: float) -> float:
        """The latency that so many messages stayed below."""
        ranked = sorted(self.latencies)
        return 1000 * ranked[min(len(ranked) - 1, int(share * len(ranked)))]


@dataclass(slots=True, eq=False)
class _Line:
    socket: socket.socket
    number: int = 0  # of the message under way
    since: float = 0.0
    received: bytes = b""


class Client:
    """Keeps the connections to one server; `with` closes them."""

    def __init__(self, port: int, connections: int = CONNECTIONS) -> None:
        self._epoll = select.epoll()
        self._lines: dict[int, _Line] = {}
        for _ in range(connections):
            opened = socket.create_connection(("127.0.0.1", port))
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._lines[opened.fileno()] = _Line(opened)
            self._epoll.register(opened.fileno(), select.EPOLLIN)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        for line in self._lines.values():
            line.socket.close()
        self._epoll.close()

    def saturate(self, requests: Sequence[bytes]) -> Run:
        """Every connection sends its next request as soon as it has its reply; latency from the sending."""
        return self._run(requests, None)

    def pace(self, requests: Sequence[bytes], rate: float, seed: int = 1) -> Run:
        """So many a second at random moments, whatever the server does; latency from the intended moment."""
        gaps = random.Random(seed)  # noqa: S311 - reproducible, not secret
        return self._run(requests, list(accumulate(gaps.expovariate(rate) for _ in requests)))

    def _run(self, requests: Sequence[bytes], due: Sequence[float] | None) -> Run:
        run = Run(latencies=[0.0] * len(requests))
        idle = list(self._lines.values())
        sent = done = 0
        began, began_cpu = perf_counter(), process_time()
        while done < len(requests):
            wait: float | None = None
            while idle and sent < len(requests):
                now = perf_counter()
                moment = now if due is None else began + due[sent]
                if moment > now:
                    wait = moment - now
                    break
                _send(idle.pop(), requests[sent], sent, moment)
                sent += 1
            select.select([self._epoll], [], [], wait)  # epoll's own wait is no finer than a millisecond
            for number, _ in self._epoll.poll(0):
                line = self._lines[number]
                if _receive(line, run):
                    idle.append(line)
                    done += 1
        run.seconds, run.client_seconds = perf_counter() - began, process_time() - began_cpu
        return run


def _send(line: _Line, request: bytes, number: int, moment: float) -> None:
    line.number, line.since, line.received = number, moment, b""
    line.socket.sendall(request)


def _receive(line: _Line, run: Run) -> bool:
    """Take what is there; True when the reply is whole."""
    chunk = line.socket.recv(65536)
    if not chunk:
        raise ConnectionError("the server hung up in the middle of a request")
    line.received += chunk
    head = line.received.find(_END)
    if head < 0:
        return False
    at = line.received.find(_LENGTH, 0, head) + len(_LENGTH)
    length = int(line.received[at : line.received.find(b"\r\n", at)])
    if len(line.received) < head + len(_END) + length:
        return False
    run.latencies[line.number] = perf_counter() - line.since
    status = int(line.received[9:12])
    run.refused += status != 200
    if line.number % KEEP_EVERY == 0:
        run.kept.append((line.number, status, line.received[head + len(_END) :]))
    return True
