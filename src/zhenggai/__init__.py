"""zhenggai 整改: rectification plans and ledgers as plain files, followed from the command line."""

__version__ = "0.5.0.dev0"
