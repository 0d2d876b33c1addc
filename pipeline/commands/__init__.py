"""The commands, one a file; each is a thin skin over what does the work. `pipeline.cli` puts them together."""
