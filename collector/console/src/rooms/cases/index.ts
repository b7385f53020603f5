import type { Room } from '../../room'
import { en, zh } from './words'

export const room: Room = {
  routes: [
    { path: '/cases', component: () => import('./CaseList.vue') },
    { path: '/cases/:id', component: () => import('./CasePage.vue'), props: true },
  ],
  words: { zh, en },
  nav: [{ path: '/cases', label: 'cases.nav', roles: ['officer', 'reviewer', 'aml_reviewer'], order: 20 }],
}
