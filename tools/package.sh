#!/usr/bin/env bash
# Builds what is handed out into target/dist: the program with its manual pages, completions and notices as a folder that can
# be put anywhere, and of that a tarball, a Debian package and a wheel.
#
#     tools/package.sh                the folder and the tarball
#     tools/package.sh deb wheel      these too; they need `cargo install cargo-deb`, and maturin (PyPI)
#
# A build that is there already is taken with PROGRAM=path/to/diptych.
set -eu
cd "$(dirname "$0")/.."

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
target=$(rustc -vV | sed -n 's/^host: //p')
name=diptych-$version-$target
tree=target/dist/$name

program=${PROGRAM:-}
if [ -z "$program" ]; then
    cargo build --release --locked
    program=target/release/diptych
fi

rm -rf "$tree"
install -D -m 755 "$program" "$tree/bin/diptych"

# What the program says of itself: a page and a completion can never be older than it.
man=$tree/share/man/man1
"$program" man --output "$man"
completion() {
    mkdir -p "$tree/share/$(dirname "$2")"
    "$program" completions "$1" > "$tree/share/$2"
}
completion bash bash-completion/completions/diptych
completion zsh zsh/site-functions/_diptych
completion fish fish/vendor_completions.d/diptych.fish

install -D -m 644 contrib/desktop/diptych.desktop "$tree/share/applications/diptych.desktop"
doc=$tree/share/doc/diptych
mkdir -p "$doc"
install -m 644 README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE NOTICE THIRD-PARTY.md "$doc"
if [ -d docs/manual ]; then
    cp -r docs/manual "$doc/manual"
fi

# The same bytes from the same sources, whenever they are packed.
date=$(git log -1 --format=%cd --date=iso-strict 2>/dev/null || date -Iseconds)
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="$date" -C target/dist -czf "target/dist/$name.tar.gz" "$name"
echo "target/dist/$name.tar.gz"

for kind in "$@"; do
    case $kind in
    deb)
        # `cargo deb` takes the pages and completions from where Cargo.toml says that they are.
        rm -rf target/dist/share
        cp -r "$tree/share" target/dist/share
        gzip -9n target/dist/share/man/man1/*.1
        gzip -9nc CHANGELOG.md > target/dist/share/changelog.gz
        maintainer=$(sed -n 's/^maintainer = "\(.*\)"/\1/p' Cargo.toml)
        printf 'diptych (%s-1) unstable; urgency=medium\n\n  * Release %s: changelog.gz says what is new.\n\n -- %s  %s\n' \
            "$version" "$version" "$maintainer" "$(date -R -d "$date")" > target/dist/debian-changelog
        # It takes the program from the folder of a release build.
        [ "$program" -ef target/release/diptych ] || install -D -m 755 "$program" target/release/diptych
        cargo deb --no-build --no-strip --compress-system --output target/dist/
        ;;
    wheel)
        maturin build --release --locked --out target/dist/
        ;;
    *)
        echo "$kind: none of deb, wheel" >&2
        exit 2
        ;;
    esac
done
