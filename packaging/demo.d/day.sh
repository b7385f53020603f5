# What three branches do in a day: in the first customer data tries to get away, the second works by the
# rules and gathers too much once, the third stores what it may not and then falls silent. Sourced by
# packaging/demo.

customers() { python3 "$parts/customers.py" "$1"; }

step "一、普通工作 Ordinary work passes"
customers 120 > "$state/customers.csv"
if [ -z "$as_root" ]; then
  "$bin/huxin-agent" scan "$state/customers.csv" || true
  left_out "其余步骤需要 root — the rest of the day needs root"
  return 0
fi
for name in east west south; do
  printf '周一例会：讨论柜面服务改进，下周三提交方案。\nMeeting on Monday: counter service.\n' | save "$name" notes/meeting.txt
  printf 'order,quantity,amount\nA20260301-0001,3,128.50\nA20260301-0002,1,66.00\n' | save "$name" notes/orders.csv
done
good "三家网点保存了会议记录和订单表 three branches saved minutes and an order sheet"

step "二、城东：保存客户名单 East: a customer list is saved as a spreadsheet"
if command -v soffice > /dev/null; then
  # A profile of its own, so that nothing of the caller's office is touched.
  # Every column is text (2): as numbers, long card numbers would lose their last digits.
  soffice "-env:UserInstallation=file://$state/office" --headless --convert-to xlsx \
    --infilter="CSV:44,34,76,1,1/2/2/2/3/2/4/2/5/2" --outdir "$state/saved" "$state/customers.csv" > "$state/office.log" 2>&1
  save east 客户名单.xlsx < "$state/saved/customers.xlsx"
  saved=客户名单.xlsx
else
  left_out "LibreOffice 不在，保存为 CSV — no LibreOffice, saved as CSV"
  save east 客户名单.csv < "$state/customers.csv"
  saved=客户名单.csv
fi
expect "名单已记录 the list was recorded ($saved)" file audit "$saved"

step "三、明文存放卡安全码 East and South: card verification codes in a text file"
for name in east south; do
  printf '客户卡号 6222021234567894 安全码 CVN2: 738\n' | save "$name" "notes/todo-$name.txt"
  expect "已移入隔离区 moved to quarantine" file quarantine "todo-$name.txt"
  if until_true 5 at "$name" test ! -e "$branch/notes/todo-$name.txt"; then good "原处已无此文件 gone from its place"; else bad "文件仍在 the file is still there"; fi
done

step "四、城东：复制到剪贴板 East: the list is copied to the clipboard"
if [ -n "$desktop" ]; then
  before=$(head -n 40 "$state/customers.csv")
  masked() { local now; now=$(timeout 2 xclip -selection clipboard -o 2>/dev/null) && [ -n "$now" ] && [ "$now" != "$before" ] && [[ "$now" == *'*'* ]]; }
  until_true 10 agent east status --channel clipboard || true
  printf '%s' "$before" | xclip -selection clipboard -i
  expect "复制被发现 the copy was seen" clipboard mask
  if until_true 10 masked; then good "剪贴板里是 the clipboard now holds: $(timeout 2 xclip -selection clipboard -o | sed -n 2p)"; else bad "剪贴板没有脱敏 the clipboard was not masked"; fi
else
  left_out "没有桌面 no desktop"
fi

step "五、城东：通过 HTTPS 外发 East: the list is uploaded over HTTPS"
upload() {
  at east curl --silent --show-error --max-time 20 --output "$state/answer" --write-out '%{http_code}' \
    --cacert "$state/terminals/east/agent/device-authority.pem" --resolve upload.example:443:10.213.77.2 "$@" 2>> "$state/curl.log"
}
if [ -n "$network" ]; then
  code=$(upload --form "file=@$branch/notes/meeting.txt" https://upload.example/minutes) || true
  if [ "$code" = 200 ]; then good "会议记录放行 the minutes went through (200)"; else bad "会议记录未放行 the minutes did not go through ($code)"; fi
  code=$(upload --form "file=@$branch/$saved" https://upload.example/list) || true
  if [ "$code" = 403 ]; then good "名单被阻断 the list was stopped (403): $(sed 's/<[^>]*>/ /g' "$state/answer" | tr -s ' \n' ' ' | cut -c1-90)"; else bad "名单没有被阻断 the list was not stopped ($code)"; fi
  if grep -q '/list' "$state/host.received"; then bad "外部主机收到了名单 the host received it"; else good "外部主机一个字节也没收到 the host received not a byte of it"; fi
  expect "外发已记录 the upload was recorded" network block /list
else
  left_out "没有网络命名空间 no network namespace"
fi

step "六、城东：打开不该打开的文件 East: a file is opened by somebody who may not"
save east credit/个人信用报告.txt <<'REPORT'
个人信用报告
报告编号：2026030100001234567890
一 个人基本信息
二 信息概要
三 信贷交易信息明细
四 非信贷交易信息明细
五 公共信息明细
六 查询记录
REPORT
printf '征信岗位值班表：周一 甲，周二 乙\n' | save east credit/roster.txt
refused() { ! at east cat "$branch/credit/个人信用报告.txt" > /dev/null 2>> "$state/open.log"; }
if until_true 10 refused; then good "打开被拒绝 refused: $(tail -n 1 "$state/open.log")"; else bad "打开没有被拒绝 it opened"; fi
if at east cat "$branch/credit/roster.txt" > /dev/null; then good "普通文件照常打开 an ordinary file opens"; else bad "普通文件打不开 an ordinary file does not open"; fi
expect "打开已记录 the open was recorded" file_open block 个人信用报告

step "七、城西：收集超出所需 West: a form gathers more than its purpose needs"
at west mkdir -p "$branch/业务/代发工资"
printf '姓名,身份证号,银行卡号,家庭住址,手机号码\n%s\n' \
  "$(customers 2 | sed -n 2p | awk -F, '{print $1","$2","$4","$5","$3}')" | save west 业务/代发工资/三月名单.csv
expect "超出目的的收集已记录 the surplus was recorded" file audit 三月名单.csv
agent west discover "$branch" > "$state/discover.log" 2>&1 &&
  good "盘点完成 discovery done: $(tail -n 1 "$state/discover.log")" || bad "盘点失败 discovery failed: $(tail -n 3 "$state/discover.log")"

step "八、城南：代理停止 South: the agent falls silent"
kill "${agent_of[south]}" && wait "${agent_of[south]}" 2> /dev/null || true
good "城南终端不再有心跳 no heartbeat comes from South any more"
