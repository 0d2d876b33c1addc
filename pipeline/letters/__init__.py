"""Findings for people: a table on a terminal, data for programs, and letters that a department can be sent."""
