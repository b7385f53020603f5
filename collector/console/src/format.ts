import { useI18n } from 'vue-i18n'
import { elements } from './session'

/** Words and figures of incidents, in the reader's language. */
export function useWords() {
  const { t, te, locale } = useI18n()
  /** Translates a code of the API; a code this page does not know is shown as it came. */
  const word = (group: string, code: string) => (te(`${group}.${code}`) ? t(`${group}.${code}`) : code)
  /** What enforcement did: a word of ours, or a failure in the terminal's own words. */
  const outcome = (text: string) => {
    if (text.startsWith('failed: ')) return t('outcome.failed', { why: text.slice('failed: '.length) })
    if (text.startsWith('passed: late')) return t('outcome.late')
    if (text.startsWith('dropped: a part')) return t('outcome.cut')
    return word('outcome', text)
  }
  const time = (text: string | null) =>
    text ? new Date(text).toLocaleString(locale.value === 'zh' ? 'zh-CN' : 'en-GB', { hour12: false }) : ''
  const element = (id: string) => {
    const known = elements.value.get(id)
    return known ? (locale.value === 'zh' ? known.zh : known.en) : id
  }
  const rule = (incident: { rule: string; rule_zh: string; rule_en: string }) =>
    (locale.value === 'zh' ? incident.rule_zh : incident.rule_en) || incident.rule
  return { t, word, outcome, time, element, rule, locale }
}

export const severityColour: Record<string, 'danger' | 'warning' | 'primary' | 'info'> = {
  S1: 'danger',
  S2: 'warning',
  S3: 'primary',
  S4: 'info',
  none: 'info',
}

export const actionColour: Record<string, 'danger' | 'warning' | 'success' | 'info'> = {
  block: 'danger',
  quarantine: 'danger',
  mask: 'warning',
  audit: 'info',
  allow: 'success',
}
