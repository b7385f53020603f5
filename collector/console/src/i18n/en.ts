import type { zh } from './zh'

/** The same tree as the Chinese messages: a missing or surplus key does not compile. */
type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> }

export const en: Same<typeof zh> = {
  product: 'Huxin',
  tagline: 'Customer information guard',
  nav: { incidents: 'Incidents', terminals: 'Terminals', password: 'Change password', signOut: 'Sign out' },
  signIn: {
    title: 'Sign in', user: 'User name', password: 'Password', submit: 'Sign in',
    note: 'Use your own account and never share it. Repeated wrong passwords lock it for a while.',
  },
  password: {
    title: 'Change password', first: 'The one-time password must be changed first.', old: 'Current password', fresh: 'New password (10 characters or more)',
    again: 'New password again', submit: 'Save', mismatch: 'The two new passwords differ', done: 'Password changed',
  },
  list: {
    title: 'Incidents', total: '{n} in all', time: 'Time', severity: 'Severity', what: 'What happened', who: 'Who and where',
    customers: 'Customers', data: 'Data', action: 'Action', filters: 'Filters', clear: 'Clear', from: 'From', to: 'To',
    text: 'Path, destination, program, person', teller: 'Teller', any: 'Any', branch: 'Branch', refresh: 'Refresh', none: 'No incident meets these filters',
    gravest: 'gravest', grave: 'grave', medium: 'medium', light: 'light', newer: 'New incidents: refresh',
  },
  story: {
    back: 'Back to the list', who: 'Who', where: 'Where', when: 'When', what: 'What data', how: 'From where to where', done: 'What was done',
    why: 'Why it was decided so', rule: 'Rule', clauses: 'Clauses', clauseNote: 'Clauses are a reference for compliance, not legal advice.',
    findings: 'Findings (masked)', element: 'Element', level: 'Level', confidence: 'Confidence', place: 'Place',
    masked: 'Masked value', customer: 'Customer', listed: '{listed} listed of {total}', trace: 'How it was judged', matched: 'matched',
    notMatched: 'not matched', known: 'known customer', document: '{share}% of a document of the bank:',
    policy: 'Policy', chain: 'Place in the chain', received: 'Collector received it', simulated: 'Simulation: in enforcement it would have been {action}',
    teller: 'teller {teller}, institution {institution}, terminal {terminal}', profile: 'Purpose', surplus: 'Surplus', authorisation: 'Consent',
    notInspected: 'Content not inspected', process: 'Program', path: 'File', destination: 'Destination', operation: 'Operation', user: 'User', terminal: 'Terminal', unknown: 'unknown',
    finding: 'finding(s)',
  },
  terminals: {
    coverage: 'Not inspected',
    title: 'Terminals', id: 'Id', hostname: 'Host', branch: 'Branch', seen: 'Last seen', version: 'Agent', policy: 'Policy',
    outbox: 'To send', channels: 'Channels', state: 'State', live: 'live', silent: 'silent', revoked: 'revoked', never: 'never', refused: 'new policy refused: {why}', none: 'No terminal is enrolled yet',
  },
  notFound: { title: 'There is no such page', back: 'To the first page' },
  notYours: { title: 'This page is not for your role', note: 'If your work needs it, ask the security administrator for the role.', back: 'To the first page' },
  severity: { S1: 'S1 gravest', S2: 'S2 grave', S3: 'S3 medium', S4: 'S4 light', none: 'not graded' },
  stage: { collect: 'collect', use: 'use', store: 'store', destroy: 'destroy', unknown: 'unknown' },
  channel: { file: 'file', file_open: 'file open', clipboard: 'clipboard', network: 'network', removable: 'removable media', print: 'print', sandbox: 'sandbox', ocr: 'text in pictures', teller: 'teller sign-on', unknown: 'unknown' },
  action: { allow: 'allowed', audit: 'recorded', mask: 'masked', block: 'blocked', quarantine: 'quarantined', unknown: 'unknown' },
  domain: { credit: 'credit reporting', payment: 'payment', aml: 'anti-money-laundering', it: 'IT' },
  authorisation: { matched: 'in force', missing: 'missing', expired: 'not in force' },
  filter: { severity: 'Severity', stage: 'Stage', channel: 'Channel', action: 'Action', domain: 'Domain', case: 'Case' },
  outcome: { denied: 'open refused', dropped: 'upload stopped', cleared: 'clipboard cleared', masked: 'clipboard masked', quarantined: 'moved to quarantine', none: 'recorded only', pending: 'under way', failed: 'failed: {why}', late: 'passed: too late', cut: 'upload cut; a part had left' },
  reason: { encrypted: 'encrypted', too_large: 'over the size limit', timeout: 'timed out', unsupported: 'format not supported', corrupt: 'file corrupt', no_worker: 'no scan worker', worker_crashed: 'scan worker crashed' },
}
