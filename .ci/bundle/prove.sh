#!/usr/bin/env bash
# Makes the bundle for this kind of computer and installs it where there is no network.
set -euo pipefail
cd "$(dirname "$0")/../.."
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT

folder=$(python3 .ci/bundle.py --into "$home")
offline=(unshare --net)
if [ "$(id -u)" != 0 ]; then offline=(unshare --map-root-user --net); fi
if ! "${offline[@]}" true; then
  echo "(no network namespace can be made here: installed with the network in reach)"
  offline=()
fi
# Twice: the second time is an update
for time in first second; do
  env -u XDG_DATA_HOME HOME="$home" "${offline[@]}" sh "$folder/安装.sh"
done
for name in zhenggai zg; do
  env HOME="$home" "${offline[@]}" "$home/.local/bin/$name" status --as-of 2020-06-30 >"$home/$name"
  diff "$home/$name" <(python3 .ci/setup.py zhenggai status --as-of 2020-06-30)
done
