"""``python -m zhenggai`` is the same program as ``zhenggai``."""

from zhenggai.cli.start import main

main()
