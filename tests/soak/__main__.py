"""The soak: `python -m tests.soak --minutes 20 --kills 100`, also `make soak`.

A local site and a folder publish, correct and break things at random while `jixiao run` is started again and again and
killed (-9) at random, and readers query. In the end the warehouse must equal a clean rebuild from the archive, row for
row with ids and times; every file must have its row, none two; no reader may have met an error or half a run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from pipeline.running.run import run
from pipeline.running.settings import RunSettings
from tests.running.setting import FOLDER, SITE, settings
from tests.soak.verdict import verdict
from tests.soak.world import World, new_world

COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]


def start_readers(db: Path, folder: Path, count: int) -> list[tuple[subprocess.Popen[bytes], Path]]:
    """Processes that poll the warehouse."""
    found = []
    for number in range(count):
        out = folder / f"reader-{number}.json"
        words = [sys.executable, "-m", "tests.soak.reader", str(db), str(out)]
        found.append((subprocess.Popen(words, stdin=subprocess.PIPE), out))
    return found


def stop_readers(readers: list[tuple[subprocess.Popen[bytes], Path]]) -> list[dict[str, object]]:
    """End them; what each one saw."""
    for process, _ in readers:
        assert process.stdin is not None
        process.stdin.close()
    for process, _ in readers:
        process.wait(timeout=120)
    return [json.loads(out.read_text("utf-8")) for _, out in readers]


def loop(given: RunSettings, rng: random.Random, minutes: float, kills: int, log: Path) -> Counter[str]:
    """Start passes, kill most of them at random, let some end."""
    seen: Counter[str] = Counter()
    began, usual = time.monotonic(), 4.0
    with log.open("ab") as stream:
        while time.monotonic() - began < minutes * 60 or seen["killed"] < kills:
            started = time.monotonic()
            process = subprocess.Popen(
                [*COMMAND, "run", "--config", str(given.config)],
                stdout=stream, stderr=stream, start_new_session=True,
            )  # fmt: skip
            patience = rng.uniform(0.05, usual * 1.1) if rng.random() < 0.8 else 600.0
            try:
                seen[f"ended {process.wait(timeout=patience)}"] += 1
                usual = 0.7 * usual + 0.3 * (time.monotonic() - started)
            except subprocess.TimeoutExpired:
                # the process alone, or all that it started with it
                (os.kill if rng.random() < 0.5 else os.killpg)(process.pid, signal.SIGKILL)
                process.wait()
                seen["killed"] += 1
            if seen.total() % 20 == 0:
                took = (time.monotonic() - began) / 60
                print(f"{took:.1f} min: {dict(seen)}; a whole pass takes {usual:.1f} s", flush=True)
    return seen


def finish(given: RunSettings, world: World) -> list[str]:
    """Undisturbed passes at the end, until one finds everything as it was."""
    world.settle()
    for _ in range(6):
        last = run(given)
        if last.total("new") + last.total("changed") == 0 and all(source.complete for source in last.sources):
            return []
    return [f"a settled world was not settled:\n{last.words()}"]


def main() -> int:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=20)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--readers", type=int, default=4)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--pause", type=float, default=1.5, help="seconds between two things that happen, at most")
    asked.add_argument("--folder", type=Path, help="where to work; kept afterwards")
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        (folder / "in").mkdir(parents=True)
        world = new_world(folder / "in", args.seed)
        for _ in range(15):
            world.step()
        with world.site.serving() as base:
            sources = SITE.format(base=base) + "floor = 0\n" + FOLDER + 'floor = 0\nexclude = ["*.part"]\n'
            given = settings(folder, sources, "wait = 60")
            life = threading.Thread(target=world.live, args=[args.pause], daemon=True)
            life.start()
            readers = start_readers(given.db, folder, args.readers)
            seen = loop(given, random.Random(args.seed), args.minutes, args.kills, folder / "runs.log")
            world.stop.set()
            life.join()
            patient = settings(folder, sources.replace("seconds = 1.5", "seconds = 60"), "wait = 60")
            problems = finish(patient, world)
            read = stop_readers(readers)
            problems += verdict(given, world, base)
    problems += [f"reader: {problem}" for one in read for problem in one["problems"]]  # type: ignore[attr-defined]
    print(f"what happened: {dict(sorted(world.done.items()))}")
    print(f"passes: {dict(seen)}")
    print(f"readers: {[(one['looks'], one['versions']) for one in read]} looks and versions")
    print("\n".join(problems) or "the warehouse is what its archive says, and no reader met half a run")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
