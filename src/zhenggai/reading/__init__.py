"""Bytes to model: files, encodings, YAML, the tool's own canonical form; every fault is a value with its line."""
