"""The PDF reader's parts: pdfium's objects in, lines, grids and blocks out."""
