import type { Words } from '../../room'

export const words: Words = {
  zh: {
    role: {
      system_admin: '系统管理员', security_admin: '安全管理员', auditor: '审计管理员', officer: '安全员',
      reviewer: '第二复核人', aml_reviewer: '反洗钱复核人', compliance: '合规', inspector: '外部检查人',
    },
    roleNote: {
      system_admin: '账号的建立、停用与密码重置；终端', security_admin: '账号担任的角色、动态口令重置；策略',
      auditor: '审计日志与完整性校验，不得兼任', officer: '事件、案件、证据第一把密钥、放行与销毁指令',
      reviewer: '证据第二把密钥；指令监督', aml_reviewer: '反洗钱事件，只有本角色可见',
      compliance: '网点、人员、监测、检查、评分与通报', inspector: '只答复指派的检查；须有截止日期，不得兼任',
    },
    users: {
      nav: '账号', title: '账号', add: '新增账号', name: '用户名', roles: '角色', state: '状态', ends: '截止', acts: '操作',
      active: '正常', disabled: '已停用', ended: '已到期', mustChange: '待改密码', mustEnrol: '待绑定动态口令', noRole: '尚无角色',
      self: '本人', disable: '停用', enable: '启用', reset: '重置密码', setRoles: '设定角色', resetTotp: '重置动态口令',
      systemNote: '系统管理员建立账号、停用账号、重置密码；角色由安全管理员设定。',
      securityNote: '安全管理员设定角色、重置动态口令；账号与密码由系统管理员管理。任何人不得更改本人账号。',
      once: '一次性密码只显示这一次，请当面交付本人。首次登录须修改密码并绑定动态口令。',
      onceTitle: '{name} 的一次性密码', done: '已记下', cancel: '取消', save: '保存', nameHint: '1 至 64 字节，不含空白',
      rolesTitle: '{name} 的角色', until: '截止日期（当日有效）', needEnd: '外部检查人须有截止日期',
      excludeAdmins: '系统、安全、审计三类管理员不得由一人兼任', excludeAuditor: '审计管理员不得兼任其他角色',
      excludeInspector: '外部检查人不得兼任其他角色', confirmDisable: '停用 {name}？其会话立即结束。',
      confirmReset: '重置 {name} 的密码？其会话立即结束。', confirmTotp: '重置 {name} 的动态口令？其会话立即结束，下次登录须重新绑定。',
      untouched: '该账号尚未由本人启用：待其修改密码、绑定动态口令之后再授予角色为宜。',
    },
  },
  en: {
    role: {
      system_admin: 'System administrator', security_admin: 'Security administrator', auditor: 'Auditor', officer: 'Officer',
      reviewer: 'Second reviewer', aml_reviewer: 'AML reviewer', compliance: 'Compliance', inspector: 'External inspector',
    },
    roleNote: {
      system_admin: 'makes and disables accounts, resets passwords; terminals', security_admin: 'says who holds which role, resets authenticators; policies',
      auditor: 'the audit log and verification, and nothing else', officer: 'incidents, cases, first key to evidence, orders',
      reviewer: 'second key to evidence; supervises orders', aml_reviewer: 'AML incidents, which nobody else sees',
      compliance: 'branches, staff, monitoring, inspections, scores, bulletins', inspector: 'only inspections assigned; ends by a date, nothing else',
    },
    users: {
      nav: 'Accounts', title: 'Accounts', add: 'Add an account', name: 'User name', roles: 'Roles', state: 'State', ends: 'Ends', acts: 'Acts',
      active: 'active', disabled: 'disabled', ended: 'ended', mustChange: 'must change password', mustEnrol: 'must enrol authenticator', noRole: 'no role yet',
      self: 'yourself', disable: 'Disable', enable: 'Enable', reset: 'Reset password', setRoles: 'Roles', resetTotp: 'Reset authenticator',
      systemNote: 'A system administrator makes and disables accounts and resets passwords; a security administrator gives roles.',
      securityNote: 'A security administrator gives roles and resets authenticators; accounts and passwords are a system administrator’s. Nobody changes their own account.',
      once: 'The one-time password is shown only now; hand it over in person. The first sign-in changes it and enrols an authenticator.',
      onceTitle: 'One-time password of {name}', done: 'Noted', cancel: 'Cancel', save: 'Save', nameHint: '1 to 64 bytes without blanks',
      rolesTitle: 'Roles of {name}', until: 'Last day', needEnd: 'An external inspector needs a last day',
      excludeAdmins: 'System, security and audit administrators are three people', excludeAuditor: 'An auditor holds no other role',
      excludeInspector: 'An external inspector holds no other role', confirmDisable: 'Disable {name}? The sessions end at once.',
      confirmReset: 'Reset the password of {name}? The sessions end at once.',
      confirmTotp: 'Reset the authenticator of {name}? The sessions end at once, and a new one is enrolled at the next sign-in.',
      untouched: 'Its owner has not taken this account over yet: better give roles once the password is changed and an authenticator enrolled.',
    },
  },
}
