import type { Room } from '../../room'
import { en, zh } from './words'

export const room: Room = {
  routes: [
    { path: '/reveals', component: () => import('./RevealList.vue') },
    { path: '/evidence-key', component: () => import('./KeyPage.vue') },
  ],
  words: { zh, en },
  nav: [{ path: '/reveals', label: 'evidence.nav', roles: ['officer', 'reviewer', 'aml_reviewer'], order: 30 }],
}
