export const zh = {
  told: {
    network: '{when}，{where} 的 {who} 用 {process} 向 {to} 发送了 {what}。',
    file: '{when}，在 {where} 的文件 {from} 中发现 {what}，由 {who} 写入。',
    file_open: '{when}，{where} 的 {who} 用 {process} 打开了存有 {what} 的文件 {from}。',
    clipboard: '{when}，{where} 的 {who} 用 {process} 复制了 {what}。',
    removable: '{when}，{where} 的 {who} 把 {what} 写到移动介质：{from}。',
    print: '{when}，{where} 的 {who} 用 {process} 打印了 {what}。',
    unknown: '{when}，{where} 的 {who} 经手了 {what}。',
    customers: '{n} 位客户的 {data}', data: '{data}', blind: '未能检查的内容（{reason}）',
    done: '系统处置：{action} {outcome}。', why: '因为触发规则“{rule}”：{reason}。', clause: '对应要求：', details: '事实', someProgram: '某个程序', teller: '柜员 {teller}（{user}）', somebody: '某人', somewhere: '某处',
  },
}

export const en: typeof zh = {
  told: {
    network: '{when}: {who} at {where} used {process} to send {what} to {to}.',
    file: '{when}: file {from} at {where}, written by {who}, was found to hold {what}.',
    file_open: '{when}: {who} at {where} used {process} to open {from}, which holds {what}.',
    clipboard: '{when}: {who} at {where} copied {what} in {process}.',
    removable: '{when}: {who} at {where} wrote {what} to a removable medium: {from}.',
    print: '{when}: {who} at {where} printed {what} from {process}.',
    unknown: '{when}: {who} at {where} handled {what}.',
    customers: '{data} of {n} customer(s)', data: '{data}', blind: 'content that could not be inspected ({reason})',
    done: 'What was done: {action} {outcome}.', why: 'The rule “{rule}” applied: {reason}.', clause: 'What this answers to:', details: 'Facts', someProgram: 'some program', teller: 'teller {teller} ({user})', somebody: 'somebody', somewhere: 'somewhere',
  },
}
