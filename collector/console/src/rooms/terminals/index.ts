import type { Room } from '../../room'

export const room: Room = {
  routes: [{ path: '/terminals', component: () => import('./TerminalList.vue') }],
  nav: [
    {
      path: '/terminals',
      label: 'nav.terminals',
      roles: ['system_admin', 'security_admin', 'officer', 'reviewer', 'aml_reviewer', 'compliance'],
      order: 40,
    },
  ],
}
