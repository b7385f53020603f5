import { createRouter, createWebHistory } from 'vue-router'
import { whenSignedOut } from './api/client'
import { isFor, navigation, rooms } from './rooms'
import { restoreSession, session } from './session'

/** Where somebody's day begins: the first page of the header. */
export const home = () => navigation(session.value?.roles ?? [])[0]?.path ?? '/password'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    // Where it leads is known only once it is known who asks: see below.
    { path: '/', component: () => import('./pages/NotFound.vue') },
    ...rooms.flatMap((room) => room.routes),
    { path: '/:rest(.*)*', component: () => import('./pages/NotFound.vue') },
    // Shown in the place of a page that is not for the person's roles; the address stays.
    { path: '/:rest(.*)*', name: 'not-yours', component: () => import('./pages/NotYours.vue') },
  ],
})

router.beforeEach(async (to) => {
  if (session.value === undefined) await restoreSession().catch(() => (session.value = null))
  if (!session.value) return to.meta.open ? true : { path: '/sign-in', query: to.path === '/' ? {} : { next: to.fullPath } }
  if (session.value.must_change && to.path !== '/password') return '/password'
  const enrolling = !session.value.must_change && session.value.must_enrol_totp
  if (enrolling && to.path !== '/totp') return '/totp'
  if (!enrolling && to.path === '/totp') return home()
  if (to.name !== 'not-yours' && !isFor(to.path, session.value.roles))
    return { name: 'not-yours', params: { rest: to.path.slice(1).split('/') }, query: to.query }
  return to.meta.open || to.path === '/' ? home() : true
})

whenSignedOut(() => {
  session.value = null
  const current = router.currentRoute.value
  if (!current.meta.open) void router.push({ path: '/sign-in', query: { next: current.fullPath } })
})
