/**
 * Sealed evidence in its readers' browsers: keys are made, locked and unlocked here, envelopes are taken
 * off here. Nothing in this folder talks to anybody.
 */
export * from './bytes'
export * from './certificate'
export * from './envelope'
export * from './error'
export * from './key'
export * from './message'
export * from './rewrap'
