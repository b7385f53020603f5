import type { Words } from '../../room'

export const words: Words = {
  zh: {
    audit: {
      nav: '审计', title: '审计日志', note: '采集中心上的一切更改与拒绝，按先后相链，只增不改。', total: '共 {n} 条',
      time: '时间', who: '何人', what: '操作', target: '对象与备注', result: '结果', from: '起', to: '止', origin: '来自', cli: '命令行',
      whoHint: '账号（完整）', whatHint: '操作、对象或备注', refused: '仅被拒绝或失败', clear: '清除', none: '没有符合条件的记录',
      chain: '审计链', records: '终端记录链', whole: '完整', broken: '不完整', checking: '正在校验…', entries: '{n} 条',
      head: '链头 #{n}', headNote: '请另行记下链头；日后以 huxin-collector verify --audit-head 核对，可发现整体重写。',
      first: '首个异常：第 {n} 条（{what}）', verify: '校验', summary: '{terminals} 台终端，{records} 条记录，{heads} 个签名',
      faults: '{n} 处问题', of: '第 {n} 条的结果', done: '完成', begun: '开始', refusedBy: '拒绝', failed: '失败',
    },
  },
  en: {
    audit: {
      nav: 'Audit', title: 'Audit log', note: 'Everything changed or refused at the collector, each entry chained to the one before.', total: '{n} in all',
      time: 'Time', who: 'Who', what: 'What', target: 'To what, and notes', result: 'Result', from: 'From', to: 'To', origin: 'from', cli: 'command line',
      whoHint: 'Account (whole)', whatHint: 'What, target or notes', refused: 'Refused or failed only', clear: 'Clear', none: 'No entry meets these filters',
      chain: 'Audit chain', records: 'Terminals’ chains', whole: 'whole', broken: 'not whole', checking: 'checking…', entries: '{n} entries',
      head: 'Head #{n}', headNote: 'Note the head elsewhere: verify --audit-head then finds a log that was written anew.',
      first: 'First bad entry: {n} ({what})', verify: 'Verify', summary: '{terminals} terminals, {records} records, {heads} signatures',
      faults: '{n} faults', of: 'result of {n}', done: 'done', begun: 'begun', refusedBy: 'refused', failed: 'failed',
    },
  },
}
