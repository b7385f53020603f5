# What lies outside the terminals: a host to leak to, and the collector's address. Sourced by packaging/demo.
# Sets $network when the terminals can have networks of their own, and $centre_address.

network=; centre_address=127.0.0.1

# Runs a command on the outside host.
outside() { nsenter --net="/proc/$outside/ns/net" "$@"; }
# Has the process a namespace of this kind that is not ours?
apart() { [ "$(readlink "/proc/$1/ns/$2")" != "$(readlink "/proc/$$/ns/$2")" ]; }

# A host of its own in a network namespace: where a leak would go. A process keeps the namespace, as
# `ip netns` would leave a mount behind, and a root made by debootstrap has no place for one.
host_up() {
  ip address add 10.213.79.1/32 dev lo && undo+=("ip address del 10.213.79.1/32 dev lo")
  start outside unshare --net sleep infinity
  outside=$!
  until_true 10 apart "$outside" net
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
  network=1; centre_address=10.213.79.1
  good "外部主机 outside host upload.example (10.213.77.2, in a network namespace)"
else
  left_out "网络 network: $(tail -n 1 "$state/network.log")"
fi
