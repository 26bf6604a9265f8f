"""The entry point of ``python -m zhenggai``, the same program as ``zhenggai``."""

from zhenggai.cli.start import main

main()
