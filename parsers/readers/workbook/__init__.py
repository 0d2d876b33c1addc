"""Workbooks of both kinds as sheets of shown cells, and sheets as paragraphs and tables."""
