/** Why sealed evidence, or the key to it, cannot be opened. */
export type EvidenceFault =
  | 'passphrase' // it does not open the key
  | 'weak_passphrase'
  | 'not_for_key' // sealed, but not to this key
  | 'corrupt' // no envelope of the sealer's making, or changed since
  | 'bad_key' // no key or certificate of ours, or they are not each other's

export class EvidenceError extends Error {
  constructor(
    readonly fault: EvidenceFault,
    detail = '',
  ) {
    super(detail ? `${fault}: ${detail}` : fault)
  }
}
