import type { Room } from '../../room'
import { words } from './words'

export const room: Room = {
  routes: [{ path: '/audit', component: () => import('./AuditLog.vue') }],
  words,
  nav: [{ path: '/audit', label: 'audit.nav', roles: ['auditor'], order: 10 }],
}
