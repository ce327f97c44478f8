#!/usr/bin/env bash
# How long zendesk-oauth takes to build from nothing, as a share of a crate that has only reqwest with
# the same TLS, serde and chrono: the same lock file, the same profile, offline, by turns. Processor
# time (user and system) is the figure to go by; other work on the machine changes it less than the
# time on the wall.
#
#     crates/zendesk-oauth/benches/cold_build.sh [ROUNDS] [PROFILE: dev or release]
set -euo pipefail
cd "$(dirname "$0")/../../.."
root=$PWD
rounds=${1:-2}
profile=${2:-dev}
unset CARGO_TARGET_DIR

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
reqwest=$(sed -n 's/^reqwest = { version = "\([^"]*\)".*/\1/p' Cargo.toml)

# crate NAME: a crate whose dependencies come from standard input. All are in one workspace, so that
# they have one lock file, which begins with ours.
crate() {
    mkdir -p "$work/$1/src"
    echo 'fn main() {}' >"$work/$1/src/main.rs"
    printf '[package]\nname = "%s"\nedition = "2024"\n\n[dependencies]\n' "$1" >"$work/$1/Cargo.toml"
    cat >>"$work/$1/Cargo.toml"
}
printf '[workspace]\nresolver = "3"\nmembers = ["ours", "plain"]\n' >"$work/Cargo.toml"
crate ours <<TOML
zendesk-oauth = { path = "$root/crates/zendesk-oauth" }
TOML
crate plain <<TOML
reqwest = { version = "$reqwest", default-features = false, features = ["json", "query", "http2", "rustls"] }
serde = { version = "1.0", features = ["derive"] }
chrono = { version = "0.4", features = ["serde"] }
TOML
cp Cargo.lock "$work/Cargo.lock"
cargo fetch --quiet --manifest-path "$work/Cargo.toml"
grep -A1 -E '^name = "(reqwest|serde|chrono|tokio)"$' "$work/Cargo.lock" | paste - - - | sed 's/name = //; s/version = //; s/\t--$//'

# built NAME: appends "wall processor" in seconds to $work/NAME.times
TIMEFORMAT='%R %U %S'
built() {
    rm -rf "$work/target"
    { time cargo build --quiet --offline --profile "$profile" --target-dir "$work/target" \
        --manifest-path "$work/Cargo.toml" -p "$1" 2>"$work/errors"; } 2>"$work/time" ||
        { cat "$work/errors" >&2; exit 1; }
    awk '{ print $1, $2 + $3 }' "$work/time" >>"$work/$1.times"
    echo "$1: $(tail -n1 "$work/$1.times" | awk '{ printf "%.1f s on the wall, %.1f s of processor time", $1, $2 }')"
}
for round in $(seq "$rounds"); do
    if ((round % 2)); then order="plain ours"; else order="ours plain"; fi
    for name in $order; do built "$name"; done
done

paste -d' ' "$work/ours.times" "$work/plain.times" |
    awk '{ printf "ratio: %.2f on the wall, %.2f of processor time\n", $1 / $3, $2 / $4 }'
