#!/bin/sh
# Finds a Python that the wheels fit, else unpacks the one that lies in installers/, and lets it install the program.
cd "$(dirname "$0")" || exit
own="${XDG_DATA_HOME:-$HOME/.local/share}/zhenggai/python"

install_with_a_fitting_python() {
  for python in python3.14 python3.13 python3.12 python3.11 python3 "$own/bin/python3"; do
    if "$python" program/install.py --fits 2>/dev/null; then
      exec "$python" program/install.py "$@"
    fi
  done
}

install_with_a_fitting_python "$@"
for archive in installers/cpython-*.tar.gz; do
  if [ -f "$archive" ]; then
    echo "正在解开 $archive ……"
    rm -rf "$own"
    mkdir -p "$own" && tar -xzf "$archive" -C "$own" --strip-components=1
    install_with_a_fitting_python "$@"
  fi
done
echo '没有装成：这台电脑没有合用的 Python（3.11 到 3.14）
  下一步：看 说明.txt 里“要什么电脑”一段，备好 Python 再运行一次' >&2
exit 5
