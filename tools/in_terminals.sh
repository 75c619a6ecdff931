#!/usr/bin/env bash
# Plays Diptych in tmux, with each TERM that tmux gives, and through ssh to this machine: keys, sizes, Ctrl-Z and back,
# signals, connections that break. Says ok or FAIL for each, and fails where any did.
#
#   tools/in_terminals.sh [PROGRAM]        needs tmux, and for the second part ssh and sshd; PROGRAM by default
#                                          target/debug/diptych
set -u
bin=$(realpath "${1:-$(dirname "$0")/../target/debug/diptych}")
room=$(mktemp -d)
chmod 700 "$room"
failed=0
socket=diptych-$$

tm() { tmux -L "$socket" -f "$room/conf" "$@"; }
show() { tm capture-pane -p; }
ok() { echo "ok    $1"; }
fail() { echo "FAIL  $1"; show | tail -4; failed=1; }
# Waits until WORDS are on the screen.
has() {
    for _ in $(seq 150); do
        show | grep -qF -- "$1" && { ok "$2"; return; }
        sleep 0.1
    done
    fail "$2"
}
# The pane's modes are those of a shell.
restored() {
    local modes
    modes=$(tm display -p '#{alternate_on}#{mouse_any_flag}#{mouse_standard_flag}#{mouse_sgr_flag}#{cursor_flag}')
    [ "$modes" = 00001 ] && ok "modes restored after $1" || fail "modes after $1: $modes"
}
fits() {
    show | python3 -c "import sys; sys.exit(max(len(l.rstrip('\n')) for l in sys.stdin) > $1)" && ok "$1 columns" || fail "$1 columns"
}
# Waits until a process is gone.
gone() {
    for n in $(seq 20); do
        kill -0 "$1" 2> /dev/null || { ok "gone ${n}00 ms after $2"; return; }
        sleep 0.1
    done
    fail "still there after $2"
}

for term in tmux-256color screen-256color; do
    echo "== tmux, TERM=$term"
    printf 'set -g default-terminal %s\nset -sg escape-time 10\nset -as terminal-features ",*:RGB"\n' $term > "$room/conf"
    tm new-session -d -x 120 -y 35 "env HOME=$room COLORTERM=truecolor PS1='READY ' bash --norc"
    tm send-keys "$bin" Enter
    has "Power from Below" "starts"
    tm send-keys 12G && has "¶12/" "keys"
    tm send-keys Down Down PgDn PgUp PgUp Home && has "¶1/" "arrows and pages"
    tm send-keys t && has "type a few letters" "a list"
    tm send-keys Escape && sleep 0.4
    tm send-keys M-x && has "Alt-x does nothing" "Esc, then Alt"
    tm resize-window -x 80 -y 24 && sleep 0.8
    fits 80
    tm resize-window -x 120 -y 35 && sleep 0.4
    tm send-keys C-z && has "Stopped" "Ctrl-Z"
    restored "Ctrl-Z"
    tm send-keys "fg" Enter && has "Power from Below" "and back"
    tm send-keys q && sleep 1
    restored "leaving"
    tm send-keys "clear; $bin; echo code=\$?" Enter && has "Power from Below" "again"
    kill -TERM "$(pgrep -P "$(tm display -p '#{pane_pid}')")" && has "code=143" "SIGTERM"
    restored "SIGTERM"
    tm send-keys "clear; $bin" Enter && has "Power from Below" "again"
    child=$(pgrep -P "$(tm display -p '#{pane_pid}')")
    tm kill-server
    gone "$child" "its terminal"
done

if command -v sshd > /dev/null || [ -x /usr/sbin/sshd ]; then
    echo "== ssh"
    ssh-keygen -q -t ed25519 -N '' -f "$room/host" && ssh-keygen -q -t ed25519 -N '' -f "$room/me"
    mkdir -p /run/sshd
    /usr/sbin/sshd -f /dev/null -p 2299 -o ListenAddress=127.0.0.1 -o HostKey="$room/host" -o StrictModes=no \
        -o AuthorizedKeysFile="$room/me.pub" -o PidFile="$room/pid" -o PermitRootLogin=yes -E "$room/log"
    over="ssh -t -p 2299 -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -i $room/me 127.0.0.1 HOME=$room $bin"
    tm new-session -d -x 120 -y 35 "bash --norc"
    tm send-keys "$over; echo code=\$?" Enter && has "Power from Below" "starts"
    tm send-keys 12G && has "¶12/" "keys"
    tm send-keys M-x && has "Alt-x does nothing" "Alt"
    tm resize-window -x 90 -y 25 && sleep 0.8
    fits 90
    tm resize-window -x 120 -y 35 && tm send-keys q && has "code=0" "leaving"
    restored "leaving"
    tm send-keys "clear; $over" Enter && has "Power from Below" "again"
    reader=$(pgrep -n -f "^$bin\$")
    connection=$(pgrep -n -f "^ssh -t -p 2299")
    tm send-keys 7G && has "¶7/" "keys"
    # The connection hangs, keys are still on their way, and then it breaks.
    kill -STOP "$connection" && tm send-keys -N 40 j && sleep 0.3 && kill -KILL "$connection"
    gone "$reader" "the connection"
    grep -q "passage = 7" "$room/.local/state/diptych/state.toml" && ok "the place is kept" || fail "the place is kept"
    tm kill-server
    kill "$(cat "$room/pid")"
fi
rm -rf "$room"
exit $failed
