"""Figures for Prometheus: a text file for the textfile collector of node_exporter, replaced in one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from pipeline.running.summary import RunSummary, replace_file

_EPOCH = datetime(1970, 1, 1)
_Samples = list[tuple[Mapping[str, str], float]]


def write_metrics(path: Path, summary: RunSummary, documents: Mapping[str, int], published_at: float | None) -> None:
    """Write the figures of a pass and of the warehouse."""
    replace_file(path, "".join(_text(*family) for family in _families(summary, documents, published_at)))


def _families(
    summary: RunSummary, documents: Mapping[str, int], published_at: float | None
) -> Iterator[tuple[str, str, _Samples]]:
    seconds = (summary.ended - summary.began).total_seconds() if summary.ended else 0.0
    yield "jixiao_run_exit_status", "Exit status of the last pass.", [({}, summary.exit_status)]
    yield "jixiao_run_duration_seconds", "Seconds that the last pass took.", [({}, round(seconds, 3))]
    if summary.ended is not None:
        ended = (summary.ended - _EPOCH).total_seconds()
        yield "jixiao_run_ended_timestamp_seconds", "When the last pass ended.", [({}, round(ended, 3))]
    if published_at is not None:
        yield "jixiao_published_timestamp_seconds", "When a pass last published.", [({}, round(published_at, 3))]
    for what in ("found", "new", "changed", "failed"):
        samples: _Samples = [({"source": s.source}, getattr(s, what)) for s in summary.sources]
        yield f"jixiao_source_{what}_files", f"Files {what} in the last pass, by source.", samples
    complete: _Samples = [({"source": s.source}, int(s.complete)) for s in summary.sources]
    yield "jixiao_source_complete", "Whether the last look at the source was complete.", complete
    yield "jixiao_floor_failures", "Sources below their floor in the last pass.", [({}, len(summary.floors))]
    yield "jixiao_documents", "Files in the warehouse, by status.", [({"status": s}, n) for s, n in documents.items()]
    yield "jixiao_findings", "Findings in the warehouse.", [({"severity": s}, n) for s, n in summary.findings.items()]


def _text(name: str, meaning: str, samples: _Samples) -> str:
    if not samples:
        return ""
    lines = [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
    for labels, value in samples:
        listed = ",".join(f'{key}="{_escaped(label)}"' for key, label in labels.items())
        lines.append(f"{name}{'{' + listed + '}' if listed else ''} {value:.17g}")
    return "\n".join(lines) + "\n"


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
