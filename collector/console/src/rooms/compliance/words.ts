const zh = {
  compliance: {
    nav: { scores: '考核', monitoring: '监控', inspections: '检查', rectifications: '整改', branches: '机构' },
    domain: { credit: '征信', payment: '支付结算', aml: '反洗钱', it: '信息科技' },
    verdict: { pass: '合格', partial: '部分合格', fail: '不合格', na: '不适用' },
    evidence: {
      incident: '事件', case: '案件', order: '指令', certificate: '销毁证书', terminal: '终端', inspection: '检查', rectification: '整改',
      staff: '员工', day: '日期', account: '账户', policy: '策略', document: '文件', none: '没有证据', more: '另有 {n} 条', add: '添加证据', id: '编号', note: '说明',
    },
    period: '月份', closed: '已月结', open: '本月未结，数据截至 {time}', noData: '无数据', notKept: '尚无数据来源', save: '保存', cancel: '取消', close: '关闭', refresh: '刷新', branch: '机构', loading: '计算中',
    branches: {
      title: '机构与员工', tree: '机构树', code: '代码', name: '名称', accountable: '一把手', staff: '员工', terminals: '终端', import: '导入', importTree: '导入机构树', importStaff: '导入员工名单',
      unmapped: '{n} 台终端的网点不在机构树中，未计入任何机构：', none: '尚未导入机构树', number: '工号', person: '姓名', role: '岗位', groups: '岗位组', aml: '反洗钱岗', credit: '征信岗', left: '离职日期', all: '全部机构', total: '共 {n} 人',
      file: '选择 CSV 文件', treeColumns: '列：机构代码、机构名称、上级机构、一把手', staffColumns: '列：工号、姓名、机构代码、岗位、反洗钱岗、征信岗、离职日期', replaces: '整表替换现有内容；有任何错误则不导入。UTF-8 或 GB18030。',
      done: '已导入 {n} 行', faults: '表格有 {n} 处错误，未导入任何内容', line: '行', column: '列', what: '问题', tooLarge: '文件超过 16 MiB，采集中心不接收，请拆分或删去多余列', whole: '整行',
    },
    monitoring: {
      title: '事后监控', figure: '指标', value: '值', of: '分子 / 分母', drill: '计入明细', counts: '计入分子', yes: '是', no: '否', compare: '各机构对比', trend: '逐月走势', choose: '点击数值查看计入明细', gate: '封顶指标',
    },
    inspections: {
      title: '现场检查', plan: '新建检查', domains: '领域', assignee: '检查人', due: '期限', progress: '进度', state: '状态', planned: '待检查', submitted: '已提交', unassigned: '未指派', assign: '指派', accounts: '合规账户或外部检查人的用户名',
      findings: '问题', none: '没有检查', back: '返回列表', item: '项', weight: '权重', basis: '依据', verify: '方法', mode: { A: '自动', M: '人工', H: '结合' }, suggestion: '系统判断', cannot: '无法判断', accept: '采用', taken: '采用系统判断', note: '说明',
      noteHint: '除“合格”外必填；与系统判断不同也须说明', answer: '作答', answered: '已答 {n} / {of}', submit: '提交检查', confirm: '提交后不可更改，只能以更正追加。不合格与部分合格项将生成整改。', done: '已提交，生成 {n} 项整改', acceptAll: '采用全部系统判断', accepted: '已采用 {n} 项',
      correct: '更正', history: '记录', correction: '更正', by: '{who}，{time}', readonly: '已提交，不可更改', notYours: '此检查指派给 {who}，只可查看',
    },
    rectifications: {
      title: '整改台账', owner: '责任人', due: '期限', finding: '问题', state: { open: '待整改', reported: '待复查', closed: '已关闭' }, overdue: '逾期', assign: '责任人与期限', report: '报告整改', recheck: '复查', pass: '复查通过', fail: '复查不通过',
      events: { opened: '提出', assigned: '指派', reported: '报告', passed: '复查通过', failed: '复查不通过' }, none: '没有整改', only: '只看未关闭', note: '说明',
    },
    scores: {
      title: '考核得分与排名', rank: '名次', points: '得分', band: '等级', notGraded: '不评级', vetoed: '一票否决', deducted: '扣分', chart: '得分构成', close: '月结', closeAsk: '月结后本月得分固定，以后按保存的数据与模型版本重算。', closedBy: '{who} 于 {time} 月结',
      bulletin: '全行通报', branchBulletin: '机构通报', marks: '扣分与否决', addMark: '登记', kind: '事由', reason: '说明', withdraw: '撤销', withdrawn: '已撤销', withdrawal: '撤销第 {n} 条', veto: '一票否决', none: '没有机构，请先导入机构树',
      back: '返回排名', earned: '扣分前', onSite: '现场检查', monitoring: '事后监控', together: '合计', base: '基准分', gated: '受在线率或时长封顶', incomplete: '缺一半数据', noInspection: '近十二个月没有检查', deductions: '扣分', vetoes: '否决', nothing: '无', weight: '权重', share: '得分率',
      model: '评分模型 {v}', export: '点击机构展开每一分的依据',
    },
    bulletin: { title: '通报', download: '下载', print: '下载后可直接打印（A4）', back: '返回' },
  },
}

const en: typeof zh = {
  compliance: {
    nav: { scores: 'Scores', monitoring: 'Monitoring', inspections: 'Inspections', rectifications: 'Rectifications', branches: 'Branches' },
    domain: { credit: 'Credit', payment: 'Payment', aml: 'AML', it: 'IT' },
    verdict: { pass: 'pass', partial: 'partly', fail: 'fail', na: 'not applicable' },
    evidence: {
      incident: 'incident', case: 'case', order: 'order', certificate: 'certificate', terminal: 'terminal', inspection: 'inspection', rectification: 'rectification',
      staff: 'staff', day: 'day', account: 'account', policy: 'policy', document: 'document', none: 'no evidence', more: '{n} more', add: 'Add evidence', id: 'Id', note: 'Note',
    },
    period: 'Month', closed: 'closed', open: 'still open, as of {time}', noData: 'no data', notKept: 'not kept yet', save: 'Save', cancel: 'Cancel', close: 'Close', refresh: 'Refresh', branch: 'Branch', loading: 'Computing',
    branches: {
      title: 'Branches and staff', tree: 'Branch tree', code: 'Code', name: 'Name', accountable: 'Accountable', staff: 'Staff', terminals: 'Terminals', import: 'Import', importTree: 'Import branch tree', importStaff: 'Import staff',
      unmapped: '{n} terminals name a branch that is not in the tree and count nowhere:', none: 'No branch tree was imported yet', number: 'Number', person: 'Name', role: 'Role', groups: 'Groups', aml: 'AML', credit: 'credit', left: 'Left on', all: 'All branches', total: '{n} in all',
      file: 'Choose a CSV file', treeColumns: 'Columns: code, name, parent, accountable', staffColumns: 'Columns: number, name, branch, role, aml, credit, left_on', replaces: 'Replaces what there is; with any fault nothing is imported. UTF-8 or GB18030.',
      done: '{n} rows imported', faults: '{n} faults; nothing was imported', line: 'Line', column: 'Column', what: 'Fault', tooLarge: 'Over 16 MiB, more than the collector takes; leave out columns that are not needed', whole: 'whole line',
    },
    monitoring: {
      title: 'Monitoring', figure: 'Figure', value: 'Value', of: 'of', drill: 'What was counted', counts: 'in numerator', yes: 'yes', no: 'no', compare: 'Branches compared', trend: 'Month by month', choose: 'Choose a value to see what was counted', gate: 'gate',
    },
    inspections: {
      title: 'On-site inspections', plan: 'Plan one', domains: 'Domains', assignee: 'Inspector', due: 'Due', progress: 'Progress', state: 'State', planned: 'to do', submitted: 'submitted', unassigned: 'nobody yet', assign: 'Assign', accounts: 'User name of a compliance account or an external inspector',
      findings: 'Findings', none: 'No inspection', back: 'Back to the list', item: 'Item', weight: 'Weight', basis: 'Basis', verify: 'How', mode: { A: 'automatic', M: 'by hand', H: 'both' }, suggestion: 'The collector says', cannot: 'cannot tell', accept: 'Take it', taken: 'as the collector says', note: 'Note',
      noteHint: 'Needed but for a pass, and where you differ from the collector', answer: 'Answer', answered: '{n} of {of} answered', submit: 'Submit', confirm: 'Once submitted it cannot be changed, only corrected by further entries. Findings open rectifications.', done: 'Submitted; {n} rectifications opened', acceptAll: 'Take all suggestions', accepted: '{n} taken',
      correct: 'Correct', history: 'Book', correction: 'correction', by: '{who}, {time}', readonly: 'Submitted, cannot be changed', notYours: 'Assigned to {who}: you may read it',
    },
    rectifications: {
      title: 'Rectification ledger', owner: 'Owner', due: 'Due', finding: 'Finding', state: { open: 'open', reported: 'to re-check', closed: 'closed' }, overdue: 'overdue', assign: 'Owner and due day', report: 'Report as fixed', recheck: 'Re-check', pass: 'Passed', fail: 'Failed',
      events: { opened: 'opened', assigned: 'assigned', reported: 'reported', passed: 're-check passed', failed: 're-check failed' }, none: 'No rectification', only: 'Not closed only', note: 'Note',
    },
    scores: {
      title: 'Scores and ranking', rank: 'Rank', points: 'Points', band: 'Band', notGraded: 'not graded', vetoed: 'vetoed', deducted: 'Deducted', chart: 'What points are made of', close: 'Close the month', closeAsk: 'Once closed, the scores of this month stay: they are recomputed from what was kept.', closedBy: 'closed by {who}, {time}',
      bulletin: 'Bank bulletin', branchBulletin: 'Bulletin', marks: 'Deductions and vetoes', addMark: 'Enter one', kind: 'Matter', reason: 'Reason', withdraw: 'Withdraw', withdrawn: 'withdrawn', withdrawal: 'withdraws no. {n}', veto: 'veto', none: 'No branches: import the tree first',
      back: 'Back to the ranking', earned: 'Earned', onSite: 'On site', monitoring: 'Monitoring', together: 'Together', base: 'Base', gated: 'held down by live terminals or hours', incomplete: 'one half has no data', noInspection: 'no inspection in twelve months', deductions: 'Deductions', vetoes: 'Vetoes', nothing: 'none', weight: 'Weight', share: 'Share',
      model: 'model {v}', export: 'Choose a branch to open each point',
    },
    bulletin: { title: 'Bulletin', download: 'Download', print: 'Prints on A4 once downloaded', back: 'Back' },
  },
}

export const words = { zh, en }
