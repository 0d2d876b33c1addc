"""The scheduled pass: look, fetch, ingest, check, publish; and the rebuild of a warehouse from its archive."""
