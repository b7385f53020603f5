import type { Room } from '../../room'
import { words } from './words'

const compliance = ['compliance' as const]

export const room: Room = {
  routes: [
    { path: '/compliance/scores', component: () => import('./ScoreList.vue') },
    { path: '/compliance/scores/:branch', component: () => import('./ScoreTree.vue'), props: true },
    { path: '/compliance/bulletins/:branch?', component: () => import('./BulletinPage.vue'), props: true },
    { path: '/compliance/monitoring', component: () => import('./MonitoringPage.vue') },
    { path: '/compliance/inspections', component: () => import('./InspectionList.vue') },
    { path: '/compliance/inspections/:id', component: () => import('./InspectionPage.vue'), props: true },
    { path: '/compliance/rectifications', component: () => import('./RectificationList.vue') },
    { path: '/compliance/branches', component: () => import('./BranchList.vue') },
  ],
  words,
  nav: [
    { path: '/compliance/scores', label: 'compliance.nav.scores', roles: compliance, order: 20 },
    { path: '/compliance/monitoring', label: 'compliance.nav.monitoring', roles: compliance, order: 21 },
    { path: '/compliance/inspections', label: 'compliance.nav.inspections', roles: ['compliance', 'inspector'], order: 22 },
    { path: '/compliance/rectifications', label: 'compliance.nav.rectifications', roles: compliance, order: 23 },
    { path: '/compliance/branches', label: 'compliance.nav.branches', roles: compliance, order: 24 },
  ],
}
