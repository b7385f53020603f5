import type { Room } from '../../room'

export const room: Room = {
  routes: [
    { path: '/sign-in', component: () => import('./SignIn.vue'), meta: { open: true } },
    { path: '/password', component: () => import('./ChangePassword.vue') },
  ],
}
