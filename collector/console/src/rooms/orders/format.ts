import { useI18n } from 'vue-i18n'

/** Words and figures of orders, in the reader's language. */
export function useOrderWords() {
  const { t, te } = useI18n()
  /** A code a terminal wrote: ours if we know it, else as it came. */
  const coded = (group: string, code: string) => (te(`orders.${group}.${code}`) ? t(`orders.${group}.${code}`) : code)
  /** "剩 3 天", in the largest unit that fits. */
  const remaining = (until: string) => {
    const minutes = Math.floor((new Date(until).getTime() - Date.now()) / 60_000)
    if (minutes < 0) return t('orders.over')
    const n =
      minutes >= 2880 ? t('orders.day', { n: Math.round(minutes / 1440) })
      : minutes >= 120 ? t('orders.hour', { n: Math.round(minutes / 60) })
      : t('orders.minute', { n: minutes })
    return t('orders.left', { n })
  }
  return { coded, remaining }
}
