"""zhenggai 整改: a command line tool that keeps rectification plans and ledgers as plain files."""

__version__ = "0.5.0.dev0"
