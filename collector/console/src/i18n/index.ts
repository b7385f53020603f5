import { createI18n } from 'vue-i18n'
import { en } from './en'
import { zh } from './zh'

const kept = localStorage.getItem('language')

export const i18n = createI18n({
  legacy: false,
  locale: kept === 'en' ? 'en' : 'zh',
  fallbackLocale: 'zh',
  messages: { zh, en },
})

export function setLanguage(language: 'zh' | 'en') {
  i18n.global.locale.value = language
  localStorage.setItem('language', language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}
