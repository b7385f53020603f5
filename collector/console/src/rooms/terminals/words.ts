import type { Words } from '../../room'

export const words: Words = {
  zh: {
    estate: {
      byBranch: '按网点', byTerminal: '按终端', branch: '网点', terminals: '终端', online: '在线', offline: '失联 {n}',
      withdrawn: '已吊销 {n}', current: '策略已更新', currentPolicy: '当前策略 {version}', noPolicy: '尚未发布策略',
      seen: '最近联系', share: '检查覆盖率', files: '存量文件', holding: '含客户信息', overdue: '超期副本',
      inventoried: '已盘点 {n}/{all} 台', never: '从未', notYet: '未盘点', old: '旧版', isCurrent: '最新',
      refused: '新策略被拒：{why}', back: '返回终端列表', none: '还没有终端注册', outbox: '待传 {n} 条',
      facts: '概况', state: '状态', host: '主机', agent: '代理版本', policy: '策略版本', enrolled: '注册时间',
      channels: '监测通道', blind: '未能检查（按原因，累计）', blindNone: '没有未能检查的内容', losses: '遗漏（自代理启动）',
      lossNone: '没有遗漏', what: '存量盘点', whatNone: '这台终端还没有完成过盘点。', ended: '盘点完成于 {time}',
      stopped: '本次盘点中途停止，结果不完整', inspected: '{inspected} 个已完整检查，{blind} 个未能完整检查',
      byLevel: '按最高级别', byElement: '含各数据项的文件数', byReason: '未能检查的文件（按原因）', history: '历次盘点',
      when: '完成时间', unchanged: '其中未变', customers: '涉及客户（人次）', complete: '完整', partial: '中断', result: '结果',
      off: '未启用', offMany: '{n} 项未启用', fault: '异常', degraded: '部分失效', noElements: '没有发现客户信息', overdueNote: '{n} 个副本已超过其用途的保存期限，应予删除。',
    },
    channel: { discovery: '存量盘点', watchdog: '看门狗' },
    level: { C1: 'C1 内部信息', C2: 'C2 可识别或财务信息', C3: 'C3 鉴别信息' },
    why: {
      encrypted: '内容已加密', too_large: '超过大小上限', too_deep: '层级过深', too_many_entries: '压缩包成员过多',
      bomb: '压缩炸弹', timeout: '检查超时', unsupported: '格式不支持', corrupt: '文件损坏', no_text: '只有图像，没有文字',
      no_pdftotext: '未安装 PDF 组件', changed: '检查时被改写', unreadable: '无法读取', worker_crashed: '检查进程异常',
      no_worker: '检查进程不可用', detector_failed: '识别失败', queue_overflow: '事件过多，已补扫', inventory_full: '盘点库已满',
      unknown_protocol: '无法识别的协议', tunnel_host: '按策略直通的主机', pinned_tls: '程序固定了证书', journal_full: '磁盘已满，记录丢失', unguardable: '无法设防', 'no such folder': '文件夹不存在',
    },
    lost: {
      worker_crashes: '检查进程崩溃', worker_timeouts: '检查超时', no_worker: '无可用检查进程', records_waiting_for_disk: '待写盘记录',
      file_events_overflowed: '文件事件溢出', files_unreadable: '无法读取的文件', opens_answered_by_deadline: '超时放行或拒绝的打开',
      opens_overloaded: '过载时的打开', opens_failed: '判定失败的打开', control_refused: '被拒绝的本机控制连接',
    },
  },
  en: {
    estate: {
      byBranch: 'By branch', byTerminal: 'By terminal', branch: 'Branch', terminals: 'Terminals', online: 'Online', offline: '{n} silent',
      withdrawn: '{n} revoked', current: 'Policy up to date', currentPolicy: 'Current policy {version}', noPolicy: 'No policy published yet',
      seen: 'Last seen', share: 'Inspected', files: 'Files', holding: 'With customer data', overdue: 'Overdue',
      inventoried: '{n} of {all} inventoried', never: 'never', notYet: 'not yet', old: 'old', isCurrent: 'current',
      refused: 'New policy refused: {why}', back: 'Back to terminals', none: 'No terminal has enrolled yet', outbox: '{n} records to send',
      facts: 'Overview', state: 'State', host: 'Host', agent: 'Agent', policy: 'Policy', enrolled: 'Enrolled',
      channels: 'Channels', blind: 'Not inspected (by reason, in all)', blindNone: 'Nothing was left uninspected', losses: 'Lost (since the agent started)',
      lossNone: 'Nothing was lost', what: 'What lies there', whatNone: 'This terminal has not told yet what lies on it.', ended: 'As of {time}',
      stopped: 'This run was stopped before its end', inspected: '{inspected} wholly inspected, {blind} not',
      byLevel: 'By gravest level', byElement: 'Files with each element', byReason: 'Files not inspected, by reason', history: 'Earlier runs',
      when: 'Ended', unchanged: 'Unchanged', customers: 'Customers (sum over files)', complete: 'complete', partial: 'stopped', result: 'Result',
      off: 'off', offMany: '{n} off', fault: 'fault', degraded: 'in part', noElements: 'No customer data was found', overdueNote: '{n} copies are past the deadline of their purpose and should be gone.',
    },
    channel: { discovery: 'Discovery', watchdog: 'Watchdog' },
    level: { C1: 'C1 internal', C2: 'C2 identifying or financial', C3: 'C3 authentication' },
    why: {
      encrypted: 'encrypted', too_large: 'too large', too_deep: 'nested too deep', too_many_entries: 'too many members',
      bomb: 'archive bomb', timeout: 'timed out', unsupported: 'unsupported format', corrupt: 'corrupt', no_text: 'pictures without text',
      no_pdftotext: 'no PDF reader installed', changed: 'changed while read', unreadable: 'unreadable', worker_crashed: 'worker crashed',
      no_worker: 'no worker', detector_failed: 'detection failed', queue_overflow: 'too many events; swept since', inventory_full: 'inventory full',
      unknown_protocol: 'unknown protocol', tunnel_host: 'host passed through', pinned_tls: 'pinned certificate', journal_full: 'disk full, records lost', unguardable: 'not guarded', 'no such folder': 'no such folder',
    },
    lost: {
      worker_crashes: 'worker crashes', worker_timeouts: 'inspections timed out', no_worker: 'no worker', records_waiting_for_disk: 'records waiting for the disk',
      file_events_overflowed: 'file events lost', files_unreadable: 'unreadable files', opens_answered_by_deadline: 'opens answered by deadline',
      opens_overloaded: 'opens under overload', opens_failed: 'opens not judged', control_refused: 'refused control connections',
    },
  },
}
