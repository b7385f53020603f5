# The collector: authority, accounts, branches, reviewers' keys, policy. Sourced by packaging/demo.
# Sets $collector (process), $agents and $console (addresses), $password, $totp.

step "采集中心 The collector" "$state/collector"
centre=$state/collector
cli() { "$bin/huxin-collector" "$@" --state "$centre"; }
# account NAME ARGUMENT…: somebody whose password and secret are written down for the demo.
account() {
  local name=$1 secret; shift
  secret=$(echo "a branch day in 2026" | cli user add "$name" --password-stdin --totp "$@" | sed -n 's/.*TOTP secret.*: //p')
  printf '%s\ta branch day in 2026\t%s\t%s\n' "$name" "$secret" "$*" >> "$state/accounts"
}

cli init --name localhost --name 127.0.0.1 --name 10.213.79.1 --organisation "护信演示银行 Huxin demo bank" > "$state/init.log"
cli user add officer --role officer --totp > "$state/user.log"
password=$(sed -n 's/.*One-time password.*: //p' "$state/user.log")
totp=$(sed -n 's/.*TOTP secret.*: //p' "$state/user.log")
( umask 077; : > "$state/accounts" )
account li.na --role officer              # 安全员，执行人 executor
account wang.wei --role reviewer          # 第二复核人，监督人 supervisor
account chen.jing --role compliance       # 合规
account sun.hao --role inspector --until 2099-12-31   # 外部检查人
account qian.ye --role aml_reviewer       # 反洗钱复核人
account zhou.min --role system_admin
account wu.qiang --role security_admin
account zheng.yan --role auditor

mkdir -p "$state/reviewers"
for reviewer in officer second; do
  printf 'demo-%s-passphrase\n' "$reviewer" |
    "$bin/huxin-collector" evidence keygen "$reviewer" --out "$state/reviewers" --passphrase-stdin > /dev/null
done

# The shipped preset, on the demo's folders and the demo's network alone.
sed -e "s|/srv/branch|$state/branch|g" -e "s|/home, ||" \
    -e "s|^  ports: .*|  ports: [80, 443]\n  networks: [10.213.77.0/30]|" \
    policy/presets/branch.yaml > "$state/policy.yaml"
cli policy publish "$state/policy.yaml" --officer "$state/reviewers/officer.crt" --reviewer "$state/reviewers/second.crt"

start serve "$bin/huxin-collector" serve --state "$centre" --agents "$centre_address:0" --console 127.0.0.1:0 \
  --console-dir "$project/collector/console/dist" --print
collector=$!
until_true 20 grep -q console "$state/serve.log" || { cat "$state/serve.log"; bad "采集中心没有启动 the collector did not start"; exit 1; }
agents=$(grep -m 1 -oE 'agents.*' "$state/serve.log" | grep -oE '[0-9.]+:[0-9]+')
console=$(grep -m 1 -oE 'console.*' "$state/serve.log" | grep -oE '[0-9.]+:[0-9]+')
good "终端接入 agents $agents · 控制台 console https://$console"
# Each incident is shown as the collector accepts it; tail ends with the collector.
tail --pid="$collector" -n +1 -f "$state/serve.log" | grep --line-buffered -E 'S[1-4] ' | sed -u 's/^/  \x1b[35m事件\x1b[0m /' &

office() { python3 "$parts/office.py" "$@" --console "$console" --state "$state"; }
office branches || missing=1
