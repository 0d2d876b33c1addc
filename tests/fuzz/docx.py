"""Fuzzes the Word reader: `python -m tests.fuzz.docx --inputs 20000 --seed 1`. Exit status 1 on a crash or a hang.

Half of the inputs are samples with bytes changed, cut or doubled, packed or inside the parts; the other half are
samples whose XML is rearranged: elements moved, doubled, dropped, nested in one another, attributes set to nonsense.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import traceback
import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree
from pebble import ProcessPool

from parsers.readers.docx import looks_like_docx, read_docx
from parsers.reasons import UnreadableError
from tests.makers.ooxml import zipped

ROOT = Path(__file__).parents[1]
SAMPLES = [*sorted((ROOT / "readers" / "docx" / "samples").glob("*.docx")), ROOT.parent / "samples/seed/seed.docx"]
SECONDS_EACH = 5
NONSENSE = ("", "0", "-1", "99999999999999999999", "2147483647", "x", "两", "1.5", " 3 ", "\u0660", "true", "continue")


def changed_bytes(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out, doubled or cut off."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if not out:
            break
        at, kind = chance.randrange(len(out)), chance.randrange(5)
        if kind <= 1:
            out[at] = chance.randrange(256)
        elif kind == 2:
            del out[at : at + chance.randint(1, 40)]
        elif kind == 3:
            out[at:at] = out[at : at + chance.randint(1, 40)]
        elif chance.random() < 0.2:
            del out[at:]
    return bytes(out)


def rearranged(xml: bytes, chance: random.Random) -> bytes:
    """Well-formed XML with its elements and attributes in disorder."""
    root = etree.fromstring(xml)
    for _ in range(chance.randint(1, 12)):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        one, other = chance.choice(elements), chance.choice(elements)
        kind = chance.randrange(6)
        if kind == 0 and one is not root and (parent := one.getparent()) is not None:
            parent.remove(one)
        elif kind == 1:
            other.append(etree.fromstring(etree.tostring(one)))
        elif kind == 2:
            one.tag = other.tag
        elif kind == 3 and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(NONSENSE))
        elif kind == 4:
            for name, value in other.attrib.items():
                one.set(name, value)
        else:
            for _ in range(chance.randint(1, 60)):
                inner = etree.SubElement(other, one.tag)
                other = inner
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def make_input(seed: int) -> bytes:
    """The input of one number: always the same."""
    chance = random.Random(seed)
    data = chance.choice(SAMPLES).read_bytes()
    kind = chance.randrange(4)
    if kind == 0:
        return changed_bytes(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    names = [name for name in files if name.startswith("word/")] if chance.random() < 0.9 else list(files)
    for name in chance.sample(names, min(len(names), chance.randint(1, 2))):
        content = files[name]
        assert isinstance(content, bytes)
        files[name] = changed_bytes(content, chance) if kind == 1 else rearranged(content, chance)
    return zipped(files)


def try_one(seed: int) -> str:
    """Read one input and say what came of it; anything but a document or a refusal in one line is a defect."""
    data = make_input(seed)
    try:
        looks_like_docx(data)
        read_docx(data)
    except UnreadableError as error:
        line = str(error)
        if not line or "\n" in line:
            raise AssertionError(f"the message is not one line: {line!r}") from error
        return error.reason.value
    return "read"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    seeds = range(given.seed * 1_000_000, given.seed * 1_000_000 + given.inputs)
    outcomes: Counter[str] = Counter()
    bad = 0
    with ProcessPool(max_workers=given.workers) as pool:
        results = pool.map(try_one, seeds, timeout=SECONDS_EACH).result()
        for seed in seeds:
            try:
                outcomes[next(results)] += 1
            except TimeoutError:
                bad += 1
                print(f"input {seed}: no answer in {SECONDS_EACH} seconds", file=sys.stderr)
            except Exception as error:
                bad += 1
                print(f"input {seed}: {type(error).__name__}: {error}\n{traceback.format_exc()}", file=sys.stderr)
    print(f"{given.inputs} inputs: " + ", ".join(f"{name} {count}" for name, count in outcomes.most_common()))
    print(f"{bad} crashes or hangs")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
