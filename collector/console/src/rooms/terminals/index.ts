import type { Room } from '../../room'
import { words } from './words'

export const room: Room = {
  routes: [
    { path: '/terminals', component: () => import('./TerminalList.vue') },
    { path: '/terminals/:id', component: () => import('./TerminalPage.vue'), props: true },
  ],
  words,
  nav: [
    {
      path: '/terminals',
      label: 'nav.terminals',
      roles: ['system_admin', 'security_admin', 'officer', 'reviewer', 'aml_reviewer', 'compliance'],
      order: 40,
    },
  ],
}
