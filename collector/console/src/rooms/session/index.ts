import type { Room } from '../../room'
import { words } from './words'

export const room: Room = {
  routes: [
    { path: '/sign-in', component: () => import('./SignIn.vue'), meta: { open: true } },
    { path: '/password', component: () => import('./ChangePassword.vue') },
    { path: '/totp', component: () => import('./EnrolTotp.vue') },
  ],
  words,
}
