"""The warehouse: one DuckDB file with raw documents, core rows and the public views."""
