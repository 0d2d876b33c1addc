"""Where files come from: folders, sites of governments, and whatever fsspec opens; all described in jixiao.toml.

A source is looked at from time to time. A look gives an event for every file that it meets; the archive decides by the
content what is new. A source keeps nothing itself.
"""
