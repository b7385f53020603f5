import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n'
import { router } from './router'
import './style.css'
import { visible } from './visible'

const app = createApp(App)
app.config.globalProperties.$visible = visible // for every {{ … }}: visible-text.ts
app.use(i18n).use(router).mount('#app')
