"""Measurements, each of which prints a table for the documentation; none of them is a test."""
