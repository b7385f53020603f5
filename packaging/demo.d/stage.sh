# Common to the demo's acts. Sourced by packaging/demo, which sets $state and $parts.

as_root=; [ "$(id -u)" = 0 ] && as_root=1
pids=()            # what this run started, in order
undo=()            # commands that take away what this run made, run last first
missing=0          # 1 when an expected incident did not arrive

say()      { printf '  %s\n' "$*"; }
step()     { printf '\n\033[1;34m▌\033[0m\033[1m %s\033[0m  %s\n' "$1" "${2:-}"; }
left_out() { printf '  \033[33m略过 left out\033[0m  %s\n' "$*"; }
good()     { printf '  \033[32m✓\033[0m %s\n' "$*"; }
bad()      { printf '  \033[31m✗\033[0m %s\n' "$*"; missing=1; }

# until_true SECONDS COMMAND…: waits for a condition, and says no more than that it never came.
until_true() {
  local end=$((SECONDS + $1)); shift
  until "$@" > /dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}

# A process is known by its number and its start, so that a later run ends none but ours.
started() { cut -d ' ' -f 22 "/proc/$1/stat" 2> /dev/null; }
note_process() { echo "$1 $(started "$1")" >> "$state/processes"; }
end_processes() {
  local process start
  while read -r process start; do
    [ -z "$start" ] || [ "$(started "$process")" != "$start" ] || kill "$process"
  done < "$1"
}

# start NAME COMMAND…: runs in the background with its output in the state folder; $! is its process.
start() {
  local name=$1; shift
  "$@" > "$state/$name.log" 2>&1 &
  pids+=("$!")
  note_process "$!"
}

cleanup() {
  set +e
  local i
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do kill "${pids[i]}" 2>/dev/null; done
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do wait "${pids[i]}" 2>/dev/null; done
  for ((i = ${#undo[@]} - 1; i >= 0; i--)); do eval "${undo[i]}" 2>/dev/null; done
}

# Takes away what an earlier run left that was not ended properly, then begins with an empty folder.
clear_stage() {
  if [ -e "$state" ] && [ ! -e "$state/.huxin-demo" ]; then
    say "$state 不是演示目录 is not a demo folder; name another with --state"; exit 2
  fi
  if [ -n "$as_root" ]; then
    # Namespaces go with the processes that keep them.
    [ ! -e "$state/processes" ] || end_processes "$state/processes"
    for link in hxdemo0 hxwest hxsouth; do ip link delete "$link" 2>/dev/null || true; done
    ip address del 10.213.79.1/32 dev lo 2>/dev/null || true
    while mountpoint -q "$state"; do umount --lazy "$state"; done
  fi
  rm -rf --one-file-system "$state"
  mkdir -p "$state/branch"
  touch "$state/.huxin-demo"
}

# seen CHANNEL ACTION [TEXT]: did the collector accept such an incident?
seen() {
  "$bin/huxin-collector" incidents --state "$state/collector" --json |
    python3 "$parts/seen.py" "$@"
}

# expect WHAT CHANNEL ACTION [TEXT]
expect() {
  local what=$1; shift
  if until_true 20 seen "$@"; then good "$what"; else bad "$what: 采集中心没有收到 did not reach the collector"; fi
}

report() {
  step "采集中心收到的事件 Incidents at the collector"
  "$bin/huxin-collector" incidents --state "$state/collector"
  if "$bin/huxin-collector" verify --state "$state/collector"; then good "记录链完整 every chain is whole"; else bad "记录链 chain"; fi
  step "控制台 The console" "https://$console"
  say "用户 user: officer    一次性密码 one-time password: $password"
  say "动态口令 one-time code: python3 packaging/demo.d/totp.py $totp"
  say "其他角色的账号、密码与动态口令密钥 accounts of the other roles: $state/accounts"
  say "浏览器会提示证书不受信任：演示根证书在 $state/collector/authority/root.crt (the demo's own root)"
}
