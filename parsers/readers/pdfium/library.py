"""The few calls of pdfium that the reader makes, bound so that a whole page is fetched by a handful of `map` runs.

pypdfium2's own bindings check and convert every argument. The calls made for every character, text object and path are
bound here a second time: with the text page as a reference made once a page, and with references into one buffer that
are made once and for all, for ctypes hands references on unconverted. That is a third of the price.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import repeat, starmap
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium
from pypdfium2_raw.bindings import _libs

from parsers.reasons import Reason, UnreadableError

Handle = int
"""An address; handles that come in numbers are read as 0 where there is none, single ones as None."""

_LIBRARY = _libs["pdfium"]
_QUICK = ctypes.PyDLL(_LIBRARY._name)
"""The same library for calls that take less time than giving up the interpreter lock and taking it back."""
_POINTER = ctypes.c_void_p
_INT = ctypes.c_int


def _bind(name: str, result: type | None, *arguments: type) -> Callable[..., Any]:
    function = _LIBRARY[name]
    function.restype = result
    function.argtypes = arguments
    bound: Callable[..., Any] = function
    return bound


def _quick(name: str, result: type | None, *arguments: type) -> Callable[..., Any]:
    """Bind a call that only looks something up.

    Arguments beyond `arguments` must be references or plain C ints: those are handed on as they are.
    """
    function = _QUICK[name]
    function.restype = result
    if arguments:
        function.argtypes = arguments
    bound: Callable[..., Any] = function
    return bound


load_document = _bind("FPDF_LoadMemDocument64", _POINTER, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)
close_document = _bind("FPDF_CloseDocument", None, _POINTER)
page_count = _bind("FPDF_GetPageCount", _INT, _POINTER)
has_sound_table = _bind("FPDF_DocumentHasValidCrossReferenceTable", _INT, _POINTER)
last_error = _bind("FPDF_GetLastError", ctypes.c_ulong)
load_page = _bind("FPDF_LoadPage", _POINTER, _POINTER, _INT)
close_page = _bind("FPDF_ClosePage", None, _POINTER)
load_text = _bind("FPDFText_LoadPage", _POINTER, _POINTER)
close_text = _bind("FPDFText_ClosePage", None, _POINTER)
page_rotation = _bind("FPDFPage_GetRotation", _INT, _POINTER)
page_box = _bind("FPDF_GetPageBoundingBox", _INT, _POINTER, _POINTER)
annotation_count = _bind("FPDFPage_GetAnnotCount", _INT, _POINTER)
annotation = _bind("FPDFPage_GetAnnot", _POINTER, _POINTER, _INT)
annotation_subtype = _bind("FPDFAnnot_GetSubtype", _INT, _POINTER)
close_annotation = _bind("FPDFPage_CloseAnnot", None, _POINTER)
flatten = _bind("FPDFPage_Flatten", _INT, _POINTER, _INT)

char_count = _quick("FPDFText_CountChars", _INT, _POINTER)
char_unicode = _quick("FPDFText_GetUnicode", ctypes.c_uint)
text_buffer = _quick("FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
char_object = _quick("FPDFText_GetTextObject", ctypes.c_size_t)
char_generated = _quick("FPDFText_IsGenerated", _INT, _POINTER, _INT)
char_unmapped = _quick("FPDFText_HasUnicodeMapError", _INT)
char_loose_box = _quick("FPDFText_GetLooseCharBox", None)
char_box = _quick("FPDFText_GetCharBox", _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)
char_origin = _quick("FPDFText_GetCharOrigin", None)
char_matrix = _quick("FPDFText_GetMatrix", None)
text_size = _quick("FPDFTextObj_GetFontSize", None, _POINTER)
text_mode = _quick("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
text_font = _quick("FPDFTextObj_GetFont", ctypes.c_size_t, _POINTER)

font_name = _quick("FPDFFont_GetBaseFontName", ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t)
font_embedded = _quick("FPDFFont_GetIsEmbedded", _INT, _POINTER)
glyph_path = _quick("FPDFFont_GetGlyphPath", _POINTER, _POINTER, ctypes.c_uint32, ctypes.c_float)
glyph_segment_count = _quick("FPDFGlyphPath_CountGlyphSegments", _INT, _POINTER)
glyph_segment = _quick("FPDFGlyphPath_GetGlyphPathSegment", _POINTER, _POINTER, _INT)

page_object_count = _quick("FPDFPage_CountObjects", _INT, _POINTER)
page_object = _quick("FPDFPage_GetObject", ctypes.c_size_t)
form_object_count = _quick("FPDFFormObj_CountObjects", _INT, _POINTER)
form_object = _quick("FPDFFormObj_GetObject", ctypes.c_size_t, _POINTER, ctypes.c_ulong)
object_type = _quick("FPDFPageObj_GetType", _INT, _POINTER)
object_bounds = _quick("FPDFPageObj_GetBounds", None, _POINTER)
object_matrix = _quick("FPDFPageObj_GetMatrix", None, _POINTER)
object_transparent = _quick("FPDFPageObj_HasTransparency", _INT, _POINTER)
fill_colour = _quick("FPDFPageObj_GetFillColor", None, _POINTER)
stroke_colour = _quick("FPDFPageObj_GetStrokeColor", None, _POINTER)
draw_mode = _quick("FPDFPath_GetDrawMode", None, _POINTER)
segment_count = _quick("FPDFPath_CountSegments", _INT, _POINTER)
path_segment = _quick("FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
segment_type = _quick("FPDFPathSegment_GetType", _INT, _POINTER)
segment_closes = _quick("FPDFPathSegment_GetClose", _INT, _POINTER)
segment_point = _quick("FPDFPathSegment_GetPoint", None, _POINTER)

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5
LINE_TO, BEZIER_TO, MOVE_TO = 0, 1, 2
INVISIBLE, CLIP_ONLY = 3, 7
"""Text rendering modes that print nothing."""


def open_document(data: bytes) -> Handle:
    """Open a file from memory with the empty user password."""
    handle: Handle | None = load_document(data, len(data), None)
    if handle:
        return handle
    code = last_error()
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        raise UnreadableError(
            Reason.ENCRYPTED,
            "The PDF is encrypted and does not open without a password; get a copy without protection.",
        )
    raise UnreadableError(Reason.DAMAGED, "The PDF cannot be opened, its structure is damaged; fetch the file again.")


def calls(function: Callable[..., Any], *columns: Iterable[Any]) -> Iterator[Any]:
    """Like `map`, but quicker for several columns: `zip` hands on one tuple again and again."""
    return starmap(function, zip(*columns, strict=False))


def reference(handle: Handle | None) -> Any:
    """The handle as a reference, for the calls that are bound without a type for it."""
    return ctypes.byref(ctypes.c_char.from_address(handle or 0))


_ROOM = 4096
"""Records that are fetched into the buffer before they are copied out of it."""
_BUFFER = bytearray(_ROOM * 32)


@cache
def _references(stride: int, offset: int) -> list[Any]:
    """References to the place at `offset` in every record of `stride` bytes of the buffer."""
    whole = (ctypes.c_char * len(_BUFFER)).from_buffer(_BUFFER)
    return list(map(ctypes.byref, repeat(whole), range(offset, _ROOM * stride, stride)))


def numbers(
    function: Callable[..., Any], handles: list[int], width: int, kind: str = "f", *, apart: bool = True, of: Any = None
) -> npt.NDArray[Any]:
    """Rows of `width` numbers, one for every handle: what `function(handle, &a, &b, …)` writes, 0 where it fails.

    With `apart` False the function takes one struct, with `of` (a `reference`) its handles are indices in it.
    """
    dtype = np.dtype(kind)
    stride = width * dtype.itemsize
    places = [_references(stride, offset) for offset in range(0, stride if apart else 1, dtype.itemsize)]
    owner = [] if of is None else [repeat(of)]
    buffer = np.frombuffer(_BUFFER, dtype)
    out = np.empty((len(handles), width), np.float64 if kind == "f" else dtype)
    for begin in range(0, len(handles), _ROOM):
        part = handles[begin : begin + _ROOM]
        used = buffer[: len(part) * width]
        used[:] = 0
        deque(calls(function, *owner, part, *places), maxlen=0)
        out[begin : begin + len(part)] = used.reshape(-1, width)
    return out


def name_of_font(font: Handle) -> str:
    """Base font name without its subset tag."""
    size = font_name(font, None, 0)
    if not size:
        return "(unnamed)"
    buffer = ctypes.create_string_buffer(size)
    font_name(font, ctypes.addressof(buffer), size)
    name = buffer.value.decode("utf-8", "replace")
    return name[7:] if name[6:7] == "+" else name or "(unnamed)"
