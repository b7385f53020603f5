import { createRouter, createWebHistory } from 'vue-router'
import { whenSignedOut } from './api/client'
import { restoreSession, session } from './session'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: '/incidents' },
    { path: '/sign-in', component: () => import('./pages/SignIn.vue'), meta: { open: true } },
    { path: '/password', component: () => import('./pages/ChangePassword.vue') },
    { path: '/incidents', component: () => import('./pages/IncidentList.vue') },
    { path: '/incidents/:id', component: () => import('./pages/IncidentStory.vue'), props: true },
    { path: '/terminals', component: () => import('./pages/TerminalList.vue') },
    { path: '/:rest(.*)*', component: () => import('./pages/NotFound.vue') },
  ],
})

router.beforeEach(async (to) => {
  if (session.value === undefined) await restoreSession().catch(() => (session.value = null))
  if (!session.value) return to.meta.open ? true : { path: '/sign-in', query: { next: to.fullPath } }
  if (session.value.must_change && to.path !== '/password') return '/password'
  return to.meta.open ? '/incidents' : true
})

whenSignedOut(() => {
  session.value = null
  const current = router.currentRoute.value
  if (!current.meta.open) void router.push({ path: '/sign-in', query: { next: current.fullPath } })
})
