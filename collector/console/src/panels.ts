import type { Component } from 'vue'

// A room adds to the story of an incident by a component of this name. It gets the incident as `incident`
// (IncidentDetail), says `changed` when the story should be loaded again, and may place itself:
// defineOptions({ panelOrder: 30 }) — cases 10, evidence 20, orders 30. It shows nothing to those it is
// not for.
const found = import.meta.glob<{ default: Component & { panelOrder?: number } }>('./rooms/*/IncidentPanel.vue', { eager: true })

/** What rooms add to an incident's story, from top to bottom. */
export const panels: Component[] = Object.values(found)
  .map((module) => module.default)
  .sort((a, b) => (a.panelOrder ?? 100) - (b.panelOrder ?? 100))
