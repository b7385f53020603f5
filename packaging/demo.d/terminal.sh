# Three terminals of three branches, each a PC of its own: mounts, host name and, but for the first, a
# network. Sourced by packaging/demo. Sets $branch (the folder every terminal works in), $desktop.

branch=$state/branch
desktop=
declare -A pc into

# pc_up NAME [NUMBER]: a namespace that a process keeps. Its branch folder is a file system of its own,
# and so is the credit folder in it. NUMBER: of the network between it and the collector.
pc_up() {
  local name=$1 number=${2:-} own=(--mount --uts)
  [ -z "$number" ] || own+=(--net)
  start "$name.pc" unshare "${own[@]}" --propagation unchanged sleep infinity
  pc[$name]=$!
  until_true 10 apart "${pc[$name]}" uts
  # --root: a mount namespace alone would lead out of a root that is no mount point.
  into[$name]="nsenter --target ${pc[$name]} ${own[*]} --root --wd=/"
  at "$name" sh -c "echo $name-01 > /proc/sys/kernel/hostname
    mount -t tmpfs -o size=64m,mode=0755 huxin-$name '$branch' && mkdir '$branch/credit' '$branch/aml' '$branch/notes' &&
    mount -t tmpfs -o size=16m,mode=0755 huxin-credit '$branch/credit'"
  [ -z "$number" ] || link_up "$name" "$number"
}
link_up() {
  ip link add "hx$1" type veth peer name eth0 netns "${pc[$1]}"
  ip address add "10.213.78.$(($2 * 4 + 1))/30" dev "hx$1" && ip link set "hx$1" up
  at "$1" sh -c "ip link set lo up; ip address add 10.213.78.$(($2 * 4 + 2))/30 dev eth0; ip link set eth0 up
    ip route add 10.213.79.1 via 10.213.78.$(($2 * 4 + 1))"
}
# at NAME COMMAND…: somebody works at that terminal.
at() { local name=$1; shift; ${into[$name]} "$@"; }
# save NAME FILE: standard input becomes a file in the terminal's branch folder.
save() { at "$1" sh -c 'cat > "$1"' sh "$branch/$2"; }

# agent_up NAME BRANCH ARGUMENT…: enrols the terminal with a token of the branch and starts its agent.
agent_up() {
  local name=$1 code=$2 token; shift 2
  token=$(cli token create --branch "$code" | grep -oE 'hx1\.[0-9A-Za-z_.-]+')
  mkdir -p "$state/terminals/$name"
  agent "$name" enrol --collector "$agents" --token "$token" > "$state/terminals/$name/enrol.log"
  start "$name.agent" ${into[$name]} "$bin/huxin-agent" run --state "$state/terminals/$name/agent" \
    --session-socket "$state/terminals/$name/session.sock" --teller-socket "$state/terminals/$name/teller.sock" "$@"
  agent_of[$name]=$!
  until_true 30 agent "$name" status --ready ||
    { cat "$state/$name.agent.log"; bad "代理没有启动 the agent did not start: $name"; exit 1; }
  good "$name-01 ($code): 代理静默运行 the agent runs silently"
}
declare -A agent_of
agent() { local name=$1; shift; at "$name" "$bin/huxin-agent" "$@" --state "$state/terminals/$name/agent"; }

step "三家网点的终端 Terminals of three branches" "$branch"
if [ -z "$as_root" ]; then
  left_out "代理需要 root — agents need root"
else
  # What is mounted below is each terminal's own, and is not seen elsewhere.
  mount --bind "$state" "$state" && mount --make-private "$state" && undo+=("umount --lazy '$state'")
  extra=(); [ -z "$network" ] || extra=(--extra-ca "$state/host.crt")
  # With one network for all, only the first terminal's agent can redirect it.
  pc_up east
  pc_up west ${network:+1}
  pc_up south ${network:+2}
  agent_up east 0101 "${extra[@]}"
  agent_up west 0102
  agent_up south 0103
fi

if [ -n "$as_root" ] && command -v Xvfb > /dev/null && command -v xclip > /dev/null; then
  Xvfb -displayfd 5 -screen 0 1024x768x24 -nolisten tcp 5> "$state/display" 2> "$state/xvfb.log" &
  pids+=("$!")
  if until_true 10 test -s "$state/display"; then
    export DISPLAY=:$(cat "$state/display")
    start session "$bin/huxin-session" --socket "$state/terminals/east/session.sock"
    desktop=1
    good "桌面 desktop $DISPLAY (Xvfb)"
  fi
fi
[ -n "$desktop" ] || left_out "剪贴板 clipboard: 没有 no Xvfb/xclip, 或没有 or no root"
