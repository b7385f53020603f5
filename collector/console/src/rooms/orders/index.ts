import type { Room } from '../../room'
import { words } from './words'

export const room: Room = {
  routes: [
    { path: '/orders', component: () => import('./OrderList.vue') },
    { path: '/orders/new', component: () => import('./OrderDraft.vue') },
    { path: '/orders/:id', component: () => import('./OrderPage.vue'), props: true },
    { path: '/orders/:id/certificate', component: () => import('./OrderCertificate.vue'), props: true },
  ],
  words,
  nav: [{ path: '/orders', label: 'orders.nav', roles: ['officer', 'reviewer', 'aml_reviewer'], order: 30 }],
}
