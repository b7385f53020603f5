import type { Room } from '../../room'
import { words } from './words'

export const room: Room = {
  routes: [{ path: '/users', component: () => import('./UserList.vue') }],
  words,
  nav: [{ path: '/users', label: 'users.nav', roles: ['system_admin', 'security_admin'], order: 30 }],
}
