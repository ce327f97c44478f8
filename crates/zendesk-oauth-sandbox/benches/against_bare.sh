#!/usr/bin/env bash
# How fast the sandbox answers, as a share of a bare axum handler that answers the same bytes, in the
# same run and by turns. Needs wrk and curl.
#
#     crates/zendesk-oauth-sandbox/benches/against_bare.sh [ROUNDS] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/../../.."
rounds=${1:-5}
seconds=${2:-3}

command -v wrk >/dev/null || { echo "wrk is missing: apt-get install wrk" >&2; exit 2; }
cargo build --quiet --release --locked -p zendesk-oauth-cli
cargo build --quiet --release --locked -p zendesk-oauth-sandbox --example bare
release="${CARGO_TARGET_DIR:-target}/release"

work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
export ZENDESK_SANDBOX_TOKEN=CANARY-benchmark

# started NAME CLIENTS: a sandbox with that many clients; its address is in $work/NAME.url
started() {
    printf 'generate: { clients: %s }\nswitches: { rate_limit: "off" }\n' "$2" >"$work/$1.yaml"
    "$release/zendesk-oauth" sandbox --port 0 --seed "$work/$1.yaml" >"$work/$1.out" &
    pids+=($!)
    until grep -q ZENDESK_TOKEN "$work/$1.out"; do
        kill -0 "${pids[-1]}"
        sleep 0.1
    done
    sed -n 's/^export ZENDESK_URL=//p' "$work/$1.out" >"$work/$1.url"
}

memory() {
    awk '/VmRSS/ { printf "%.1f MiB\n", $2 / 1024 }' "/proc/$1/status"
}

started idle 0
idle=$(memory "${pids[-1]}")
started thousand 1000
started million 1000000
thousand=$(cat "$work/thousand.url")
million=$(cat "$work/million.url")
auth="authorization: Bearer $ZENDESK_SANDBOX_TOKEN"
list="/api/v2/oauth/clients?page%5Bsize%5D=100"
id=$(curl -s -H "$auth" "$thousand$list" | grep -o '"id":[0-9]*' | sed -n '50s/.*://p')
show="/api/v2/oauth/clients/$id"
curl -sf -H "$auth" "$thousand$show" -o "$work/show.json"
curl -sf -H "$auth" "$thousand$list" -o "$work/list.json"
bare_port=18999
"$release/examples/bare" "$bare_port" "$work/show.json" "$work/list.json" &
pids+=($!)
until curl -s -o "$work/null" "http://127.0.0.1:$bare_port/show"; do sleep 0.1; done

# measured NAME URL: appends "requests/s p99" to $work/NAME
measured() {
    wrk -t1 -c8 "-d${seconds}s" --latency -H "$auth" "$2" >"$work/wrk"
    if grep -q 'Non-2xx' "$work/wrk"; then
        echo "$1: not every answer was a success" >&2
        exit 1
    fi
    awk '/Requests\/sec/ { rate = $2 } / 99%/ { p99 = $2 } END { print rate, p99 }' "$work/wrk" >>"$work/$1"
}

for _ in $(seq "$rounds"); do
    measured bare_show "http://127.0.0.1:$bare_port/show"
    measured show "$thousand$show"
    measured bare_list "http://127.0.0.1:$bare_port/list"
    measured list "$thousand$list"
    measured million_list "$million$list"
done

median() {
    sort -n "$work/$1" | awk '{ rate[NR] = $1 } END { print rate[int((NR + 1) / 2)] }'
}
# p99 FILE: the median and the worst of the rounds, in milliseconds.
p99() {
    awk '{ value = $2 + 0; if ($2 ~ /us$/) value /= 1000; if ($2 ~ /[0-9]s$/) value *= 1000; print value }' "$work/$1" |
        sort -n | awk '{ all[NR] = $1 } END { printf "%.2f ms, worst %.2f ms", all[int((NR + 1) / 2)], all[NR] }'
}
# line LABEL NAME BARE
line() {
    awk -v label="$1" -v own="$(median "$2")" -v bare="$(median "$3")" -v p99="$(p99 "$2")" -v other="$(p99 "$3")" \
        'BEGIN { printf "%s: %.0f/s of %.0f/s = %.2f; p99 %s (of the other: %s)\n", label, own, bare, own / bare, p99, other }'
}
echo "medians of $rounds rounds of $seconds s, wrk -t1 -c8"
line "show, of the bare handler" show bare_show
line "list of 100, of the bare handler" list bare_list
line "list of 100, million of thousand" million_list list
echo "memory idle: $idle"
