"""Programs of others, run without trust: in a private folder, with limits, nothing left behind, no way to a network.

Which of them are here decides what can be read: a file that waited for one is tried again once it is.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from parsers.readers.scan.engine import missing
from parsers.reasons import Reason

OFFICE = "JIXIAO_SOFFICE"
"""Environment variable that names the office program where it is not on the path."""

_LIMITED = 'ulimit -v "$1" && ulimit -t "$2" && ulimit -f "$3" && shift 3 && exec "$@"'
_NOWHERE = "http://127.0.0.1:9"
_KILLED = frozenset({-signal.SIGKILL, -signal.SIGXCPU, 124, 128 + signal.SIGKILL, 128 + signal.SIGXCPU})


@dataclass(frozen=True, slots=True)
class Said:
    """What a program did: its exit status, its outputs, and whether time ran out."""

    status: int
    out: bytes
    errors: bytes
    too_slow: bool = False


def office() -> str | None:
    """The office program, or None where there is none."""
    return os.environ.get(OFFICE) or shutil.which("soffice") or shutil.which("libreoffice")


def unpacker() -> str | None:
    """`unar` (which comes with `lsar`) or `bsdtar`, whichever is here; None where neither is."""
    if shutil.which("unar") and shutil.which("lsar"):
        return "unar"
    return "bsdtar" if shutil.which("bsdtar") else None


def now_possible() -> list[str]:
    """Reason codes of files that waited for a program, or an extra, that is here now."""
    there = (
        (Reason.NEEDS_OFFICE, office()),
        (Reason.NEEDS_UNPACKER, unpacker()),
        (Reason.NEEDS_OCR, not missing()),
    )
    return [code for code, tool in there if tool]


def run(
    command: list[str], room: Path, seconds: float, memory_mb: int, file_bytes: int, to: BinaryIO | None = None
) -> Said:
    """Run a program inside `room`, which is its home too; what it says goes to the file `to` where one is given.

    All that it started ends with it, also where this process is killed.
    """
    watch = shutil.which("timeout")  # outlives this process: a worker that is killed leaves no program behind
    limited = [
        *("/bin/sh", "-c", _LIMITED, "sh", str(memory_mb * 1024), str(int(seconds) + 1), str(file_bytes // 512 + 1)),
        *([watch, "--signal=KILL", str(seconds)] if watch else []),
        *command,
    ]
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NOWHERE)
    surroundings = {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": str(room), "TMPDIR": str(room), "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp", **proxies,
    }  # fmt: skip
    process = subprocess.Popen(
        limited, cwd=room, env=surroundings, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=to or subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        out, errors = process.communicate(timeout=seconds + 1)
    except subprocess.TimeoutExpired:
        return Said(-signal.SIGKILL, b"", b"", too_slow=True)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return Said(process.returncode, out or b"", errors, process.returncode in _KILLED)
