import { createI18n } from 'vue-i18n'
import { rooms } from '../rooms'
import { en } from './en'
import { zh } from './zh'

const kept = localStorage.getItem('language')

export const i18n = createI18n({
  legacy: false,
  locale: kept === 'en' ? 'en' : 'zh',
  fallbackLocale: 'zh',
  messages: { zh, en },
})

// Each room brings its own words; a key that two rooms use is merged, so rooms nest theirs under one name.
for (const { words } of rooms) {
  if (!words) continue
  i18n.global.mergeLocaleMessage('zh', words.zh)
  i18n.global.mergeLocaleMessage('en', words.en)
}

export function setLanguage(language: 'zh' | 'en') {
  i18n.global.locale.value = language
  localStorage.setItem('language', language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}
