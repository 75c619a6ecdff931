#!/usr/bin/env bash
# Installs what tools/package.sh made, each in an empty root of Debian's, and opens the pair that comes with Diptych there
# (tools/first_session.py).
#
#     tools/try_packages.sh [deb] [tarball] [wheel]
#
# Needs root, debootstrap, and Debian's archive. The roots stay in target/try until the next run; nothing else is touched.
set -eu
cd "$(dirname "$0")/.."

base=target/try/base
if [ ! -x "$base/bin/sh" ]; then
    mkdir -p "$base"
    debootstrap --variant=minbase --include=python3,python3-venv,python3-pip stable "$base" > target/try/debootstrap.log
fi

try() {
    local kind=$1 root=target/try/$1
    rm -rf "$root"
    cp -a "$base" "$root"
    cp tools/first_session.py "$root/tmp/"
    case $kind in
    deb)
        cp target/dist/diptych_*.deb "$root/tmp/diptych.deb"
        chroot "$root" dpkg -i /tmp/diptych.deb > "$root.log" 2>&1
        chroot "$root" sh -c 'test -s /usr/share/man/man1/diptych-compare.1.gz && test -s /usr/share/bash-completion/completions/diptych'
        path=/usr/bin
        ;;
    tarball)
        mkdir -p "$root/opt/diptych"
        tar -xzf target/dist/diptych-*.tar.gz --strip-components=1 -C "$root/opt/diptych"
        path=/opt/diptych/bin
        ;;
    wheel)
        cp target/dist/diptych-*.whl "$root/tmp/"
        chroot "$root" sh -c 'python3 -m venv /opt/venv && /opt/venv/bin/pip install --no-index /tmp/diptych-*.whl' > "$root.log" 2>&1
        path=/opt/venv/bin
        ;;
    esac
    # A mount namespace of its own: terminals are there for the session, and gone with it.
    unshare --mount --pid --fork sh -euc '
        mount -t proc proc "$1/proc"
        mount --bind /dev "$1/dev"
        mount -t devpts devpts "$1/dev/pts"
        exec chroot "$1" env "PATH=$2:/usr/bin:/bin" python3 /tmp/first_session.py
    ' sh "$root" "$path"
    echo "$kind: ok"
}

[ $# -gt 0 ] || set -- deb tarball wheel
for kind in "$@"; do
    try "$kind"
done
