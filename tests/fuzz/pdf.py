"""Fuzzes the PDF reader: changed samples in, only a `Document` or an `UnreadableError` out.

python -m tests.fuzz.pdf --inputs N --seed S [--workers W] [--limit SECONDS]

Each input is read in a child process. pdfium is native code: a crash, a hang or a memory bomb ends that child alone and
is counted; it does not fail the run, since the pipeline's own pool absorbs it in the same way. Any other exception
fails the run, and its input is written to the folder given with `--keep`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
import sys
import zlib
from collections import Counter
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic

SAMPLES = Path(__file__).resolve().parents[1] / "readers" / "pdf" / "samples"
SEEDS = Path(__file__).resolve().parents[2] / "samples" / "seed"
MEMORY = 1 << 30
_STREAM = re.compile(rb"(/Length )(\d+)([^>]*>>\s*stream\r?\n)", re.S)
_NUMBER = re.compile(rb"\b\d+\b")


def mutated(data: bytes, rng: random.Random) -> bytes:
    """One change out of those that files suffer, or that attackers make."""
    kind = rng.randrange(7)
    out = bytearray(data)
    if kind == 0:
        for _ in range(rng.randint(1, 30)):
            out[rng.randrange(len(out))] = rng.randrange(256)
    elif kind == 1:
        del out[rng.randrange(len(out)) :]
    elif kind == 2:
        start = rng.randrange(len(out))
        del out[start : start + rng.randint(1, 200)]
    elif kind == 3:
        start, end = sorted((rng.randrange(len(out)), rng.randrange(len(out))))
        out[start:start] = out[start : min(end, start + 500)]
    elif kind == 4:
        return _content_changed(data, rng)
    elif kind == 5:
        numbers = list(_NUMBER.finditer(data))
        if numbers:
            hit = rng.choice(numbers)
            value = rng.choice(
                [b"0", b"-1", b"1", b"65535", b"2147483648", b"99999999999", b"1e9", str(rng.randrange(50)).encode()]
            )
            out[hit.start() : hit.end()] = value
    else:
        names = [
            b"/Rotate 45",
            b"/MediaBox [0 0 0 0]",
            b"/MediaBox [0 0 1e9 1e9]",
            b"/Kids [2 0 R]",
            b"/Count -5",
            b"/Type /Page",
        ]
        at = data.find(b"<<", rng.randrange(len(data)))
        if at > 0:
            out[at + 2 : at + 2] = rng.choice(names) + b" "
    return bytes(out)


def _content_changed(data: bytes, rng: random.Random) -> bytes:
    """Unpack one stream, change operators in it, pack it again: damage that the packing would hide."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return data
    hit = rng.choice(streams)
    start = hit.end()
    try:
        content = bytearray(zlib.decompress(data[start : start + int(hit[2])]))
    except zlib.error:
        return data
    for _ in range(rng.randint(1, 20)):
        if content:
            at = rng.randrange(len(content))
            content[at : at + rng.randint(0, 3)] = rng.choice(
                [b" Q", b" q", b"9" * 12, b"-", b" cm ", b" Tf ", b" re f ", b" Do ", b"<FFFF> Tj "]
            )
    packed = zlib.compress(bytes(content))
    head = data[: hit.start()] + hit[1] + str(len(packed)).encode() + hit[3]
    return head + packed + data[start + int(hit[2]) :]


def _worker(pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (4 * MEMORY, 4 * MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from parsers.document import Document
    from parsers.readers.pdf import read_pdf
    from parsers.reasons import UnreadableError

    while True:
        data = pipe.recv_bytes()
        try:
            result = "document" if isinstance(read_pdf(data), Document) else "not a document"
        except UnreadableError as error:
            result = f"reason {error.reason}" if "\n" not in str(error) else "a message of several lines"
        except MemoryError:
            result = "child out of memory"
        except Exception as error:
            result = f"exception {type(error).__name__}: {error}"
        pipe.send(result)


class _Child:
    """A worker process with what it is reading."""

    def __init__(self) -> None:
        self.pipe, other = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("spawn").Process(target=_worker, args=(other,), daemon=True)
        self.process.start()
        other.close()
        self.data = b""
        self.since = 0.0

    def give(self, data: bytes) -> None:
        self.data, self.since = data, monotonic()
        self.pipe.send_bytes(data)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def fuzz(inputs: int, seed: int, workers: int, limit: float, keep: Path | None) -> int:
    """Run; the exit status is 1 if any input led to anything but a document, a reason or a dead child."""
    rng = random.Random(seed)
    paths = [path for path in [*SAMPLES.glob("*.pdf"), *SEEDS.glob("*.pdf")] if path.name != "stream-bomb.pdf"]
    sources = [path.read_bytes() for path in sorted(paths)]
    outcomes: Counter[str] = Counter()
    children = [_Child() for _ in range(workers)]
    given = 0
    busy: list[_Child] = []
    bad = 0
    while given < inputs or busy:
        for number, child in enumerate(children):
            if child not in busy and given < inputs:
                if not child.process.is_alive():
                    child = children[number] = _Child()
                child.give(mutated(rng.choice(sources), rng))
                given += 1
                busy.append(child)
        ready = wait([child.pipe for child in busy], timeout=0.5)
        for child in list(busy):
            if child.pipe in ready:
                try:
                    result = child.pipe.recv()
                except EOFError:
                    child.process.join()
                    result = f"child died ({child.process.exitcode})"
                if result.startswith(("exception", "not a", "a message")):
                    bad += 1
                    print(result, file=sys.stderr)
                    if keep:
                        keep.mkdir(parents=True, exist_ok=True)
                        (keep / f"fuzz-{seed}-{bad}.pdf").write_bytes(child.data)
            elif monotonic() - child.since > limit:
                child.stop()
                result = "child over time"
            else:
                continue
            if result.startswith("child") and keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"fuzz-{seed}-dead-{outcomes.total()}.pdf").write_bytes(child.data)
            outcomes[result] += 1
            busy.remove(child)
    for child in children:
        child.stop()
    for outcome, count in outcomes.most_common():
        print(f"{count:7} {outcome}")
    return 1 if bad else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=float, default=20.0)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    sys.exit(fuzz(options.inputs, options.seed, options.workers, options.limit, options.keep))
