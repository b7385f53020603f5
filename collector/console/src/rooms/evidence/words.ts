export const zh = {
  evidence: {
    nav: '证据复核', title: '证据查看申请', total: '共 {n} 条', panel: '密封证据', myKey: '我的取证密钥', none: '没有申请', waiting: '待复核', mine: '我的申请', all: '全部',
    sealed: '{n} 字节，已密封。须第二复核人与安全员各持一把密钥方可打开，采集中心无法读取。', nothing: '本事件没有密封证据。',
    ask: '申请查看', reason: '查看原因', reasonHint: '为何需要查看原始内容（将记入审计日志）', asked: '申请已提交，等待第二复核人处理（{until} 前有效）。', withdraw: '撤回申请',
    approved: '{by} 已转交，{until} 前可查看。', refused: '{by} 已拒绝：{why}', expired: '上次申请已过期。', withdrawn: '上次申请已撤回。',
    passphrase: '密钥口令', read: '打开证据', readTitle: '证据内容', close: '关闭并清除', value: '原始值', snippet: '上下文', truncated: '仅保留了前若干条。',
    careful: '以下为客户原始信息，仅供本次调查。请勿复制、拍照或转发；查看人、时间和原因均已记录。',
    review: '复核', reviewTitle: '复核查看申请', requester: '申请人', requested: '申请时间', expires: '有效至', fingerprint: '申请人证书', incident: '事件', seeIncident: '查看事件', state: '状态', answer: '结果',
    approve: '同意并转交', refuse: '拒绝', refuseWhy: '拒绝原因', reviewNote: '同意后，外层信封在您的浏览器中打开，内层信封重新加密给申请人；您看不到内容，一小时后转交件删除。',
    handed: '已转交给 {who}，一小时内有效', secondOnly: '您持有第二把密钥：可复核他人的申请，不能自己申请。', pending: '{n} 个申请待复核',
    noKey: '您还没有取证密钥。', makeKey: '生成密钥', states: { requested: '待复核', approved: '已转交', refused: '已拒绝', withdrawn: '已撤回', expired: '已过期' }, taken: '{at} 已取得',
  },
  key: {
    title: '我的取证密钥', lead: '密钥在您的浏览器中生成，私钥用口令加密后保存在采集中心；口令只有您知道，任何人都无法重置。忘记口令即无法再打开封给这把密钥的证据。',
    fresh: '设置口令（至少 12 个字符）', again: '再次输入口令', mismatch: '两次输入的口令不一致', tooShort: '口令至少 12 个字符', make: '生成并登记', replace: '换一把新密钥', making: '正在生成…',
    current: '当前密钥', retired: '旧密钥（仅用于打开较早的证据）', fingerprint: '证书指纹', added: '登记时间', none: '尚未登记密钥。', done: '密钥已登记。管理员下次发布策略后，终端即用它封存证据。', check: '验证口令', right: '口令正确',
    advice: '建议用一句只有您自己记得的话，不要与登录密码相同。',
  },
  evidenceFault: {
    passphrase: '口令不正确', weak_passphrase: '口令至少 12 个字符', not_for_key: '此证据没有封给您的密钥', corrupt: '证据已被改动或不属于本事件，拒绝显示', bad_key: '密钥文件不正确', insecure: '浏览器不支持安全加密（须通过 HTTPS 访问）',
  },
}

export const en: typeof zh = {
  evidence: {
    nav: 'Evidence', title: 'Requests to read evidence', total: '{n} in all', panel: 'Sealed evidence', myKey: 'My evidence key', none: 'No requests', waiting: 'Waiting', mine: 'Mine', all: 'All',
    sealed: '{n} bytes, sealed. It takes the key of a second reviewer and that of an officer to open it; the collector cannot.', nothing: 'This incident has no sealed evidence.',
    ask: 'Ask to read', reason: 'Why', reasonHint: 'Why the original values are needed (goes to the audit log)', asked: 'Asked. A second reviewer has to answer before {until}.', withdraw: 'Withdraw',
    approved: '{by} handed it over; readable until {until}.', refused: '{by} refused: {why}', expired: 'The last request expired.', withdrawn: 'The last request was withdrawn.',
    passphrase: 'Passphrase of your key', read: 'Open the evidence', readTitle: 'Evidence', close: 'Close and forget', value: 'Value', snippet: 'Context', truncated: 'Only the first ones were kept.',
    careful: 'What follows is customers’ own data, for this investigation only. Do not copy, photograph or pass it on. Who looked, when and why is on record.',
    review: 'Review', reviewTitle: 'Review a request', requester: 'Asked by', requested: 'Asked', expires: 'Until', fingerprint: 'Certificate', incident: 'Incident', seeIncident: 'See the incident', state: 'State', answer: 'Answer',
    approve: 'Hand over', refuse: 'Refuse', refuseWhy: 'Why not', reviewNote: 'Your browser takes the outer envelope off and seals the inner one to whoever asked. You see nothing of its content, and what you hand over is deleted after an hour.',
    handed: 'Handed over to {who} for one hour', secondOnly: 'You hold the second key: you answer requests and make none.', pending: '{n} request(s) waiting',
    noKey: 'You have no evidence key yet.', makeKey: 'Make one', states: { requested: 'waiting', approved: 'handed over', refused: 'refused', withdrawn: 'withdrawn', expired: 'expired' }, taken: 'fetched {at}',
  },
  key: {
    title: 'My evidence key', lead: 'The key is made in your browser; its private half is kept at the collector, locked under your passphrase. Nobody else knows the passphrase or can reset it. Without it, evidence sealed to this key stays closed for you.',
    fresh: 'Passphrase (12 characters or more)', again: 'Passphrase again', mismatch: 'The two passphrases differ', tooShort: 'A passphrase has 12 characters or more', make: 'Make and register', replace: 'Make a new key', making: 'Making it…',
    current: 'Current key', retired: 'Earlier keys (for earlier evidence only)', fingerprint: 'Fingerprint', added: 'Registered', none: 'No key is registered yet.', done: 'Registered. Terminals seal to it once the next policy is published.', check: 'Try the passphrase', right: 'The passphrase is right',
    advice: 'A sentence that only you would think of is best. Not your sign-in password.',
  },
  evidenceFault: {
    passphrase: 'Wrong passphrase', weak_passphrase: 'A passphrase has 12 characters or more', not_for_key: 'This evidence is not sealed to a key of yours', corrupt: 'The evidence was changed or belongs to another incident; it is not shown', bad_key: 'The key is not usable', insecure: 'This browser offers no cryptography here (HTTPS is needed)',
  },
}
