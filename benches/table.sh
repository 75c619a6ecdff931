#!/usr/bin/env bash
# Makes every figure of README.md anew, in one go: benches/table.sh [RUNS]
#
# The programs to compare with (less, vim, nvim, rg) are asked for when they are missing. The driver and its scenarios are
# not part of this project: PERF says where they are, DATA where the texts are, or are to be made.
set -eu
cd "$(dirname "$0")/.."
runs=${1:-3}
perf=${PERF:-$PWD/../shared/bench/perf}
data=${DATA:-$PWD/target/perf/data}
bin=$PWD/target/release/diptych

for tool in less vim nvim rg python3; do
    command -v "$tool" > /dev/null || { echo "install $tool first (apt-get install less vim neovim ripgrep)"; exit 1; }
done
[ -f "$perf/ptybench.py" ] || { echo "no ptybench.py in $perf; set PERF to its folder"; exit 1; }
if [ ! -f "$data/a-100m.txt" ]; then
    mkdir -p "$data"
    (cd "$data/.." && apt-get download anarchism && dpkg -x anarchism_*.deb src)
    python3 "$perf/gentext.py" "$data/../src/usr/share/doc/anarchism/html" "$data" 100k 1m 10m 100m
fi
cargo build --release --quiet

echo "== $(uname -sr), $(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%F)"
echo "== the whole program beside its peers: 100 KB, 10 MB, 100 MB"
python3 "$perf/ptybench.py" run -n "$runs" --vs "vim -O" --var data="$data" --var bin="$bin" \
    --each size=100k,10m,100m --out "$data/../table.json" "$perf"/scenarios/{less,vim-O,nvim-O,diptych}.toml
echo "== processor time of a frame, and memory once everything is studied"
for pair in "embedded:the-party-as-instrument embedded:power-from-below" \
    "$data/a-10m.txt $data/c-10m.txt" "$data/a-100m.txt $data/c-100m.txt"; do
    # shellcheck disable=SC2086 # two words
    python3 tools/frame_cpu.py $pair
done
echo "== diptych --version, milliseconds"
python3 - "$bin" <<'PY'
import statistics, subprocess, sys, time
def once():
    begin = time.monotonic()
    subprocess.run([sys.argv[1], "--version"], stdout=subprocess.DEVNULL, check=True)
    return (time.monotonic() - begin) * 1000
times = [once() for _ in range(40)]
print(f"median {statistics.median(times):.1f}, best {min(times):.1f}")
PY
echo "== 60 terms in 100 MB, beside rg -ioF"
cargo bench --quiet --bench terms -- "$data/a-100m.txt"
echo "== load $(cut -d' ' -f1-3 /proc/loadavg)"
