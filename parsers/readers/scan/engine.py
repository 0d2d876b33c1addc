"""The two networks of PP-OCRv6, loaded once a process: where text stands on a picture, and what a line of it says.

Both come in the wheel of rapidocr and are named by their path, so nothing is ever fetched. Nothing here is imported
before the first scanned page.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from parsers.reasons import Reason, UnreadableError

Picture = npt.NDArray[Any]
"""Grey levels, 0 to 255, one byte a pixel."""

INSTALL = "pip install 'jixiao[ocr]'"
_NEEDED = ("rapidocr", "onnxruntime", "cv2", "PIL")
_MODELS = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
_HEIGHT = 48
"""Height of a line as the network sees it."""
_STEP = 64
_NARROWEST = 64
_WIDEST = 3200
_BATCH = 16
_BATCH_WIDTH = 2560
"""Pixels of width that are read in one go: it bounds the memory of a batch."""
_LEAST_SIDE = 736
_THREADS = "JIXIAO_OCR_THREADS"


class Reading(NamedTuple):
    """What a line says: its characters, how sure each is, and where each stands (0 to 1 across the picture)."""

    text: str
    sure: tuple[float, ...] = ()
    at: tuple[float, ...] = ()

    @property
    def confidence(self) -> float:
        """Mean over the characters; 0 where nothing was read."""
        return sum(self.sure) / len(self.sure) if self.sure else 0.0


def missing() -> str:
    """Names of the packages of the extra that are not installed, empty where all are there."""
    return ", ".join(name for name in _NEEDED if importlib.util.find_spec(name) is None)


def require() -> None:
    """Raise `needs_ocr` with the command that helps where the extra is not installed."""
    if missing():
        raise UnreadableError(Reason.NEEDS_OCR, f"the file is a scan and needs OCR: {INSTALL}")


class Engine:
    """Finds and reads text; use `engine()`, which keeps one a process."""

    def __init__(self) -> None:
        """Load both models with as many threads as JIXIAO_OCR_THREADS says, one if it says nothing."""
        import rapidocr
        from rapidocr.ch_ppocr_det import TextDetector
        from rapidocr.ch_ppocr_rec import TextRecognizer

        folder = Path(rapidocr.__file__).parent / "models"
        absent = [name for name in _MODELS if not (folder / name).is_file()]
        if absent:
            raise UnreadableError(
                Reason.NEEDS_OCR, f"the wheel of rapidocr lacks its model {absent[0]}; to mend it: {INSTALL}"
            )
        threads = int(os.environ.get(_THREADS, "1"))
        params = {
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
        config = rapidocr.RapidOCR(params=params).cfg
        for part, name in ((config.Det, _MODELS[0]), (config.Rec, _MODELS[1])):
            part.engine_cfg = config.EngineConfig.onnxruntime
            part.model_root_dir = str(folder)
            part.model_path = str(folder / name)
        config.Det.limit_side_len, config.Det.limit_type = _LEAST_SIDE, "min"
        self._detector, self._recogniser = TextDetector(config.Det), TextRecognizer(config.Rec)
        self._characters = np.array(self._recogniser.postprocess_op.character, dtype=object)

    def find(self, picture: Picture) -> npt.NDArray[np.float64]:
        """Boxes (x0, top, x1, bottom) around the lines of text, in pixels."""
        with _memory():
            found = self._detector(np.repeat(picture[:, :, None], 3, axis=2)).boxes
        if found is None or not len(found):
            return np.zeros((0, 4))
        corners = np.asarray(found, np.float64)
        return np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)

    def read(self, pictures: list[Picture]) -> list[Reading]:
        """What each picture of one line says."""
        import cv2

        lines = []
        for picture in pictures:
            high, wide = picture.shape
            width = min(max(round(wide * _HEIGHT / max(high, 1)), 8), _WIDEST)
            lines.append(cv2.resize(picture, (width, _HEIGHT), interpolation=cv2.INTER_LINEAR))
        out: list[Reading] = [Reading("")] * len(lines)
        order = sorted(range(len(lines)), key=lambda at: lines[at].shape[1])
        while order:
            batch: list[int] = []
            width = _NARROWEST
            while order and len(batch) < _BATCH:
                wider = max(width, -(-lines[order[-1]].shape[1] // _STEP) * _STEP)
                if batch and wider * (len(batch) + 1) > _BATCH_WIDTH:
                    break
                batch.append(order.pop())
                width = wider
            block = np.zeros((len(batch), 3, _HEIGHT, width), np.float32)
            for row, at in enumerate(batch):
                block[row, :, :, : lines[at].shape[1]] = lines[at].astype(np.float32) / 127.5 - 1
            with _memory():
                found = self._recogniser.session(block)
            for at, scores in zip(batch, found, strict=True):
                out[at] = self._decoded(scores, lines[at].shape[1] / width)
        return out

    def _decoded(self, scores: Any, share: float) -> Reading:
        """CTC: the likeliest character of every step, blanks left out, repeats once; `share` of the width is filled."""
        best, sure = scores.argmax(axis=1), scores.max(axis=1)
        kept = best != 0
        kept[1:] &= best[1:] != best[:-1]
        steps = np.flatnonzero(kept)
        if not len(steps):
            return Reading("")
        # a character lasts several steps, and is as sure as its surest one
        ends = [*steps[1:].tolist(), len(best)]
        peaks = [float(sure[a:z][best[a:z] == best[a]].max()) for a, z in zip(steps.tolist(), ends, strict=True)]
        at = np.minimum((steps + 0.5) / (len(best) * share), 1.0)
        return Reading("".join(self._characters[best[steps]]), tuple(peaks), tuple(at.tolist()))


@contextmanager
def _memory() -> Iterator[None]:
    """Name a lack of memory what it is: the runtime raises errors of its own for it."""
    try:
        yield
    except Exception as error:
        if any(words in str(error) for words in ("bad_alloc", "Failed to allocate", "bad allocation")):
            raise MemoryError(str(error)) from error
        raise


@cache
def engine() -> Engine:
    """The engine of this process."""
    return Engine()
