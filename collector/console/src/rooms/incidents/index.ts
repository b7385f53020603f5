import type { Room } from '../../room'
import { en, zh } from './words'

export const room: Room = {
  routes: [
    { path: '/incidents', component: () => import('./IncidentList.vue') },
    { path: '/incidents/:id', component: () => import('./IncidentStory.vue'), props: true },
  ],
  words: { zh, en },
  nav: [
    { path: '/incidents', label: 'nav.incidents', roles: ['officer', 'reviewer', 'aml_reviewer'], order: 10 },
  ],
}
