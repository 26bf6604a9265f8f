"""The command line. Only this package reads the clock and prints."""
