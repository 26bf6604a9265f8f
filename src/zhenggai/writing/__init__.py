"""Writes files: all of one command's changes or none, locked, atomic, durable."""
