import type { Role, Room } from './room'

const found = import.meta.glob<{ room: Room }>('./rooms/*/index.ts', { eager: true })

/** Every room of the console. */
export const rooms: Room[] = Object.values(found).map((module) => module.room)

/** Whether a page is for somebody with these roles, as the header tells it; the collector decides who may call what. */
export function isFor(path: string, roles: readonly Role[]): boolean {
  const entry = rooms.flatMap((room) => room.nav ?? []).find((each) => path === each.path || path.startsWith(`${each.path}/`))
  return !entry || entry.roles.some((role) => roles.includes(role))
}

/** The header's entries for somebody with these roles. */
export function navigation(roles: readonly Role[]) {
  return rooms
    .flatMap((room) => room.nav ?? [])
    .filter((entry) => entry.roles.some((role) => roles.includes(role)))
    .sort((a, b) => a.order - b.order)
}
