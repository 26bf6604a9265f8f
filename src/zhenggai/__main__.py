"""``python -m zhenggai`` is the same program as ``zhenggai``."""

from zhenggai.cli.app import main

main()
