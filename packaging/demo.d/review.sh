# What the officers and compliance do about the day, through the console's own calls. Sourced by
# packaging/demo.

if [ -z "$as_root" ]; then
  left_out "没有终端，无可处理 no terminals, nothing to review"
  return 0
fi

step "九、安全员立案 The officer opens cases"
office case || missing=1

step "十、销毁与证明 A destruction by two people, and its certificate"
if office destroy; then
  if cli certificate verify "$state/certificate.json"; then good "证明有效 the certificate verifies"; else bad "证明无效 the certificate does not verify"; fi
  sed 's/wang\.wei/wang.mei/' "$state/certificate.json" > "$state/tampered.json"
  if cli certificate verify "$state/tampered.json" > "$state/tampered.log" 2>&1; then bad "被改的证明未被拒绝 a changed one was taken"; else good "被改的证明被拒绝 a changed one is refused: $(tail -n 1 "$state/tampered.log")"; fi
  office close || missing=1
else
  missing=1
fi

step "十一、现场检查 Inspections of the three branches"
office inspect || missing=1

step "十二、本月排名与通报 The month's ranking and bulletin"
office ranking || missing=1
