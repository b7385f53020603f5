/** The forms in which a terminal says why a rule's condition held or not (policy/rule/conditions.cpp), in Chinese. */
const forms: [RegExp, string][] = [
  [/^matches every event$/, '适用于所有事件'],
  [/^channel (\S+)$/, '通道 {channel:1}'],
  [/^stage (\S+)$/, '环节 {stage:1}'],
  [/^(user|process|path|destination|operation) (.*) matched none of (\d+)$/, '{field:1} {2} 不符合所列 {3} 项'],
  [/^(user|process|path|destination|operation) (.*) matched (.*)$/, '{field:1} {2} 符合 {3}'],
  [/^(user|process|path|destination|operation) (.*) is not excepted$/, '{field:1} {2} 不属例外'],
  [/^(user|process|path|destination|operation) (.*) is excepted by (.*)$/, '{field:1} {2} 属例外 {3}'],
  [/^operation overdue$/, '已过保存期限'],
  [/^no teller is signed on$/, '没有柜员登记'],
  [/^(\S+) matched none$/, '柜员或机构 {1} 不在所列之中'],
  [/^(\S+) matched (.*)$/, '柜员或机构 {1} 符合 {2}'],
  [/^time (\S+) is in (\S+)$/, '时间 {1} 在 {2} 之内'],
  [/^time (\S+) is outside (\S+)$/, '时间 {1} 在 {2} 之外'],
  [/^day (\S+) is among those named$/, '{day:1}在所列之中'],
  [/^day (\S+) is not among those named$/, '{day:1}不在所列之中'],
  [/^content was not inspected$/, '内容未检查'],
  [/^customers (\d+) (≥|<) (\d+), findings (\d+) (≥|<) (\d+)$/, '客户 {1} {2} {3}，命中 {4} {5} {6}'],
  [/^customers (\d+) (≥|<) (\d+)$/, '客户 {1} {2} {3}'],
  [/^findings (\d+) (≥|<) (\d+)$/, '命中 {1} {2} {3}'],
  [/^nothing beyond the profile$/, '未超出业务目的所需'],
  [/^beyond profile (.*): (.*)$/, '超出业务目的 {1} 所需：{2}'],
  [/^no profile governs the place$/, '此处没有业务目的规定'],
  [/^profile (.*)$/, '业务目的 {1}'],
  [/^no credit report$/, '没有征信报告'],
  [/^authorisation (\S+)$/, '征信授权：{authorisation:1}'],
  [/^inspected whole$/, '已完整检查'],
  [/^coverage (.*) is among those named$/, '未能检查（{reason:1}）在所列之中'],
  [/^coverage (.*) is not among those named$/, '未能检查（{reason:1}）不在所列之中'],
]

const own: Record<string, Record<string, string>> = {
  field: { user: '用户', process: '程序', path: '路径', destination: '去向', operation: '操作' },
  day: { mon: '周一', tue: '周二', wed: '周三', thu: '周四', fri: '周五', sat: '周六', sun: '周日' },
  authorisation: { matched: '有效', missing: '缺失', expired: '不在有效期内' },
}

/** Why a rule decided so, in Chinese; a part whose form is not known stays as the terminal said it. */
export function reasonInChinese(reason: string, word: (kind: string, value: string) => string): string {
  const told = (part: string) => {
    for (const [form, text] of forms) {
      const found = form.exec(part)
      if (!found) continue
      return text.replace(/\{(?:(\w+):)?(\d)\}/g, (_, kind: string | undefined, n: string) => {
        const said = found[Number(n)] ?? ''
        return kind ? own[kind]?.[said] ?? word(kind, said) : said
      })
    }
    return part
  }
  return reason.split('; ').map(told).join('；')
}
