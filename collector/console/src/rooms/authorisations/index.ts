import type { Room } from '../../room'
import { words } from './words'

export const room: Room = {
  routes: [{ path: '/customer-lists', component: () => import('./CustomerLists.vue') }],
  words,
  nav: [{ path: '/customer-lists', label: 'lists.nav', roles: ['compliance'], order: 60 }],
}
