# What the scripts beside it share: where things are, and installing what is
# missing. Sourced by bash; fresh Debian 12 has all that is used here.
# SPDX-License-Identifier: GPL-3.0-or-later

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
builds=$top/_build

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$(basename "$0"): $*"
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "packages are missing, and installing them needs root or sudo; as root: apt-get install ${missing[*]}"
  fi
}

# Installs the packages of the groups named, where one of them is missing.
install_packages() {
  local wanted group package line
  declare -A present=()
  missing=()
  command -v dpkg-query >/dev/null || {
    say "This is no Debian: taking for granted what build-aux/packages lists."
    return 0
  }
  while read -r line; do
    present[$line]=1
  done < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
  for wanted in "$@"; do
    while read -r group package; do
      [ "$group" = "$wanted" ] && [ -z "${present[$package]:-}" ] && missing+=("$package")
    done <"$top/build-aux/packages"
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  say "Installing ${#missing[@]} packages: ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=5 \
    -o DPkg::Lock::Timeout=600 update </dev/null >&2 || say "apt-get update failed; going on with the lists there are"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
    -o Acquire::Retries=5 -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 \
    install "${missing[@]}" </dev/null >&2 || die "apt-get could not install what is missing"
}

# set_up_in NAME [MESON-OPTION…]: sets up _build/NAME where it is not. A folder
# that cannot be taken up again (moved, or of another Meson) is set up anew.
set_up_in() {
  local dir=$builds/$1
  shift
  mkdir -p "$builds"
  if [ -f "$dir/build.ninja" ]; then
    meson setup --reconfigure "$dir" "$top" "$@" >"$dir.log" 2>&1 || rm -rf "$dir"
  fi
  if [ ! -f "$dir/build.ninja" ]; then
    rm -rf "$dir"
    meson setup "$dir" "$top" "$@" >"$dir.log" 2>&1 || {
      tail -n 30 "$dir.log" >&2
      return 1
    }
  fi
}

# make_in NAME [TARGET…]: builds what is named, or all, in _build/NAME.
make_in() {
  local dir=$builds/$1
  shift
  ninja -C "$dir" "$@" >"$dir.log" 2>&1 || {
    tail -n 60 "$dir.log" >&2
    return 1
  }
}

# build_in NAME [MESON-OPTION…]: sets up and builds _build/NAME.
build_in() { set_up_in "$@" && make_in "$1"; }
