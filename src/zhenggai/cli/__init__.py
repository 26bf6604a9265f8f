"""One file a group of commands; the only clock, and the only place that prints."""
