export const zh = {
  case: { none: '未立案', any: '已立案', open: '待处理', investigating: '调查中', waiting: '等待中', closed: '已结案' },
  cases: {
    nav: '案件', title: '案件', total: '共 {n} 件', id: '编号', name: '案由', state: '状态', owner: '负责人', due: '期限', overdue: '已逾期',
    verdict: '结论', opened: '立案', closedAt: '结案', incidents: '事件', count: '{n} 个事件', none: '没有符合条件的案件', mine: '我负责的', overdueOnly: '仅看逾期',
    text: '编号或案由', confidential: '反洗钱保密', back: '返回案件列表', notFound: '没有这个案件',
    openCase: '立案', openTitle: '{n} 个事件立案', fresh: '新案件', existing: '并入已有案件', add: '并入', chosen: '已选 {n} 个事件', notYet: '尚未立案。', note: '备注', addNote: '添加备注', notePlaceholder: '情况、依据、下一步', save: '保存', cancel: '取消', confirm: '确定',
    toState: { open: '重新打开', investigating: '开始调查', waiting: '转为等待', closed: '结案' }, reopen: '重新打开', closing: '结案', whyDue: '变更期限的原因', why: '说明',
    needVerdict: '请选择结论并填写说明', changeOwner: '更换负责人', changeDue: '变更期限', changeSeverity: '调整级别', history: '案件经过', checklist: '处置步骤', checklistNote: '以“属实”结案前须完成全部步骤。',
    done: '{by} 于 {at} 完成', fullCase: '查看案件 {id}', conflict: '案件已被他人修改，已为您载入最新内容，请重新操作。', nobody: '未指定',
  },
  verdict: { confirmed: '属实', false_alarm: '误报', permitted: '允许的业务', test: '测试' },
  clocks: {
    title: '报告时限', shortest: '最短时限', from: '自发现时（{at}）起算', to: '报告对象', remaining: '还剩 {time}', passed: '已超过 {time}', at: '截止 {at}', once: '立即', within: '{time}内',
    reported: '{by} 已于 {at} 登记报送', report: '登记已报送', reportWhy: '文号或方式', all: '全部时限（{n}）', draft: '草案数字', grade: '级别标准', minutes: '{n} 分钟', hours: '{n} 小时', days: '{n} 天', none: '没有适用的报告时限。', ended: '案件已结案，时限不再计时。',
  },
  event: {
    opened: '立案，负责人 {to}', state: '状态：{from} → {to}', verdict: '结论：{to}', title: '案由改为：{to}', owner: '负责人：{from} → {to}', severity: '级别：{from} → {to}', due: '期限：{from} → {to}',
    step: '完成步骤：{to}', step_undone: '撤销步骤：{to}', report: '登记已报送：{to}', incident: '并入事件 {to}', note: '备注',
    reveal_requested: '申请查看证据', reveal_approved: '复核人同意查看证据', reveal_refused: '复核人拒绝查看证据', reveal_taken: '已取得证据', reveal_withdrawn: '撤回查看申请',
  },
}

export const en: typeof zh = {
  case: { none: 'no case', any: 'has a case', open: 'open', investigating: 'investigating', waiting: 'waiting', closed: 'closed' },
  cases: {
    nav: 'Cases', title: 'Cases', total: '{n} in all', id: 'Id', name: 'About', state: 'State', owner: 'Owner', due: 'Due', overdue: 'overdue',
    verdict: 'Verdict', opened: 'Opened', closedAt: 'Closed', incidents: 'Incidents', count: '{n} incident(s)', none: 'No case meets these filters', mine: 'Mine', overdueOnly: 'Overdue only',
    text: 'Id or title', confidential: 'AML confidential', back: 'Back to the cases', notFound: 'There is no such case',
    openCase: 'Open a case', openTitle: 'A case of {n} incident(s)', fresh: 'New case', existing: 'Existing case', add: 'Add', chosen: '{n} incident(s) chosen', notYet: 'No case yet.', note: 'Note', addNote: 'Add a note', notePlaceholder: 'What is known, on what grounds, what next', save: 'Save', cancel: 'Cancel', confirm: 'OK',
    toState: { open: 'Reopen', investigating: 'Investigate', waiting: 'Wait', closed: 'Close' }, reopen: 'Reopen', closing: 'Close the case', whyDue: 'Why the due date moves', why: 'Why',
    needVerdict: 'Choose a verdict and say why', changeOwner: 'Change owner', changeDue: 'Move due date', changeSeverity: 'Change grade', history: 'History', checklist: 'Steps', checklistNote: 'A confirmed case is closed only when every step is done.',
    done: 'done by {by}, {at}', fullCase: 'See case {id}', conflict: 'Somebody changed the case meanwhile. The newest state is loaded; please do it again.', nobody: 'nobody',
  },
  verdict: { confirmed: 'confirmed', false_alarm: 'false alarm', permitted: 'permitted business', test: 'test' },
  clocks: {
    title: 'Reports due', shortest: 'Shortest', from: 'Running from discovery, {at}', to: 'To', remaining: '{time} left', passed: '{time} over', at: 'by {at}', once: 'at once', within: 'within {time}',
    reported: 'reported; recorded by {by}, {at}', report: 'Record as reported', reportWhy: 'Reference or means', all: 'All deadlines ({n})', draft: 'figures of a draft', grade: 'What the grade means', minutes: '{n} min', hours: '{n} h', days: '{n} days', none: 'No report is due.', ended: 'The case is closed; the clocks have stopped.',
  },
  event: {
    opened: 'Opened; owner {to}', state: 'State: {from} → {to}', verdict: 'Verdict: {to}', title: 'Title: {to}', owner: 'Owner: {from} → {to}', severity: 'Grade: {from} → {to}', due: 'Due: {from} → {to}',
    step: 'Step done: {to}', step_undone: 'Step undone: {to}', report: 'Recorded as reported: {to}', incident: 'Incident added: {to}', note: 'Note',
    reveal_requested: 'Asked to read the evidence', reveal_approved: 'Second reviewer handed the evidence over', reveal_refused: 'Second reviewer refused', reveal_taken: 'Evidence fetched', reveal_withdrawn: 'Request withdrawn',
  },
}
