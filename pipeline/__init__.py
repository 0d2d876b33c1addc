"""The pipeline: sources, department identity, workers, lifecycle of files, and the command line."""

__version__ = "0.1.0"
