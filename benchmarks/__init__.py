"""Measurements, each of which prints a table for the documentation."""
