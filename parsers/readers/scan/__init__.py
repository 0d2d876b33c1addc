"""Pages that are pictures: scanned PDF pages, PNG, JPEG and TIFF. docs/readers-scans.md says how and why.

A picture is made straight (`straighten`), its rules become grids (`ruled`), its text is read line by line and cell by
cell (`words`), and what comes out is the same page layout that the PDF reader makes, so that pages are joined, headers
told and paragraphs made by the same rules. No digit is taken on one look alone (`witness`).
"""
