import type { Words } from '../../room'

export const words: Words = {
  zh: {
    lists: {
      nav: '客户名单',
      title: '客户名单',
      authorisations: '征信查询授权',
      holds: '禁止销毁',
      aboutAuthorisations: '已书面同意查询征信的客户。终端上发现的个人信用报告须与其中一人相符且在有效期内，否则按策略上报或拒绝。',
      aboutHolds: '处于反洗钱调查、争议或司法程序中的客户。涉及这些客户的文件不得销毁。',
      privacy: '证件号码只在导入时用于计算密钥摘要，不予保存；终端只收到摘要。',
      customers: '客户', entries: '记录', inForce: '有效', over: '已过期', toCome: '未生效',
      purpose: '用途', lastEnd: '最晚失效', noEnd: '长期', unnamed: '未注明', empty: '名单为空',
      imports: '导入记录', when: '时间', who: '操作人', file: '文件', how: '方式', rows: '行数',
      added: '追加', replaced: '替换', noImports: '还没有导入过',
      choose: '选择 CSV 文件', add: '追加到名单', replace: '替换整个名单', submit: '导入',
      columns: '表头：身份证号、生效日期、失效日期、用途、编号（后三列可省）；UTF-8 或 GB18030。',
      done: '已导入 {n} 行，随策略第 {serial} 号下发。', doneUnshipped: '已导入 {n} 行，首次发布策略时下发。',
      faults: '表格有误，没有导入任何记录', line: '行', column: '列', fault: '问题', more: '另有 {n} 处未列出',
      replaceAsk: '将以此文件替换整个名单，原有 {n} 条记录不再有效。是否继续？', yes: '替换', no: '取消',
    },
  },
  en: {
    lists: {
      nav: 'Customer lists',
      title: 'Customer lists',
      authorisations: 'Credit query consents',
      holds: 'Holds',
      aboutAuthorisations: 'Customers who consented in writing to a credit query. A credit report found on a terminal has to belong to one of them, in force; else it is reported or refused, as the policy says.',
      aboutHolds: 'Customers under an investigation, a dispute or before a court. Files about them are not destroyed.',
      privacy: 'Identity numbers are turned into keyed digests at the import and not kept; terminals get digests alone.',
      customers: 'Customers', entries: 'Entries', inForce: 'In force', over: 'Over', toCome: 'To come',
      purpose: 'Purpose', lastEnd: 'Last end', noEnd: 'no end', unnamed: 'not stated', empty: 'The list is empty',
      imports: 'Imports', when: 'Time', who: 'Who', file: 'File', how: 'How', rows: 'Rows',
      added: 'added', replaced: 'replaced', noImports: 'Nothing was imported yet',
      choose: 'Choose a CSV file', add: 'Add to the list', replace: 'Replace the list', submit: 'Import',
      columns: 'Header: id_number, from, until, purpose, reference (the last three may be missing); UTF-8 or GB18030.',
      done: '{n} rows imported; they travel with policy serial {serial}.', doneUnshipped: '{n} rows imported; they travel with the first policy.',
      faults: 'The table has faults; nothing was imported', line: 'Line', column: 'Column', fault: 'Fault', more: '{n} more are not listed',
      replaceAsk: 'This file takes the place of the whole list; its {n} entries no longer count. Go on?', yes: 'Replace', no: 'Cancel',
    },
  },
}
