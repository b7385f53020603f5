# The terminal: enrolment, the agent on a sample branch folder, a host to upload to, a desktop.
# Sourced by packaging/demo. Sets $network and $desktop when those parts can run here.

step "终端 The terminal" "$state/branch"
network=; desktop=
if [ -n "$as_root" ]; then
  mkdir -p "$state/branch/credit"
  mount -t tmpfs -o size=16m huxin-demo "$state/branch/credit"
  undo+=("umount '$state/branch/credit'")
fi

# Runs a command on the outside host.
outside() { nsenter --net="/proc/$outside/ns/net" "$@"; }
elsewhere() { [ "$(readlink "/proc/$outside/ns/net")" != "$(readlink /proc/self/ns/net)" ]; }

# A host of its own in a network namespace: where a leak would go. A process keeps the namespace, as
# `ip netns` would leave a mount behind, and a root made by debootstrap has no place for one.
host_up() {
  start outside unshare --net sleep infinity
  outside=$!
  until_true 10 elsewhere
  ip link add hxdemo0 type veth peer name hxdemo1 netns "$outside"
  ip address add 10.213.77.1/30 dev hxdemo0 && ip link set hxdemo0 up
  outside ip address add 10.213.77.2/30 dev hxdemo1
  outside ip link set hxdemo1 up && outside ip link set lo up
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=upload.example" \
    -addext "subjectAltName=DNS:upload.example" -keyout "$state/host.key" -out "$state/host.crt" 2> /dev/null
  start host nsenter --net="/proc/$outside/ns/net" python3 "$parts/host.py" 10.213.77.2 443 "$state/host.crt" "$state/host.key" "$state/host.received"
  until_true 10 grep -q listening "$state/host.log"
}
if [ -z "$as_root" ]; then
  left_out "网络、打开控制、文件监测需要 root — network, opens and file watching need root"
elif host_up 2> "$state/network.log"; then
  network=1
  good "外部主机 outside host upload.example (10.213.77.2, in a network namespace)"
else
  left_out "网络 network: $(tail -n 1 "$state/network.log")"
fi

agent() { "$bin/huxin-agent" "$@" --state "$state/agent"; }
agent enrol --collector "$agents" --token "$token"
if [ -n "$as_root" ]; then
  extra=(); [ -z "$network" ] || extra=(--extra-ca "$state/host.crt")
  start agent "$bin/huxin-agent" run --state "$state/agent" --session-socket "$state/session.sock" "${extra[@]}"
  until_true 30 agent status --ready || { cat "$state/agent.log"; bad "代理没有启动 the agent did not start"; exit 1; }
  good "代理静默运行 the agent runs silently"
fi

if [ -n "$as_root" ] && command -v Xvfb > /dev/null && command -v xclip > /dev/null; then
  Xvfb -displayfd 5 -screen 0 1024x768x24 -nolisten tcp 5> "$state/display" 2> "$state/xvfb.log" &
  pids+=("$!")
  if until_true 10 test -s "$state/display"; then
    export DISPLAY=:$(cat "$state/display")
    start session "$bin/huxin-session" --socket "$state/session.sock"
    desktop=1
    good "桌面 desktop $DISPLAY (Xvfb)"
  fi
fi
[ -n "$desktop" ] || left_out "剪贴板 clipboard: 没有 no Xvfb/xclip, 或没有 or no root"
