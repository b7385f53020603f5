// What each of the two people does with their key. Nothing of it is kept: keys and values live in the
// page that asked, and go with it.
import {
  EvidenceError,
  fromBase64url,
  handOver,
  isSealedTo,
  openEnvelope,
  readCertificate,
  readEvidence,
  takeOver,
  toBase64url,
  unlockKey,
  type Bytes,
  type Evidence,
} from '../../evidence'
import { evidenceApi, type OwnKey, type Reveal, type RevealDetail } from './api'

const unlock = (key: OwnKey, passphrase: string) => unlockKey(fromBase64url(key.certificate), key.locked, passphrase)

/** The one of these keys that an envelope is sealed to. */
function keyFor(envelope: Bytes, keys: OwnKey[]): OwnKey {
  const found = keys.find((key) => isSealedTo(envelope, readCertificate(fromBase64url(key.certificate))))
  if (!found) throw new EvidenceError('not_for_key')
  return found
}

/** The second reviewer: takes the outer envelope off and hands the inner one to the officer who asked. */
export async function review(reveal: RevealDetail, passphrase: string): Promise<RevealDetail> {
  const { keys } = await evidenceApi.ownKeys()
  const outer = fromBase64url((await evidenceApi.envelope(reveal.id)).envelope)
  const inner = await openEnvelope(outer, await unlock(keyFor(outer, keys), passphrase))
  const officer = readCertificate(fromBase64url(reveal.certificate))
  const handed = await handOver(inner, officer, { reveal: reveal.id, incident: reveal.incident })
  return evidenceApi.approve(reveal.id, toBase64url(handed))
}

/** The officer: takes what was handed over, opens the inner envelope and reads. */
export async function read(reveal: Reveal, passphrase: string): Promise<Evidence> {
  const { keys } = await evidenceApi.ownKeys()
  const asked = keys.find((key) => key.sha256 === reveal.requester_key)
  if (!asked) throw new EvidenceError('bad_key')
  const key = await unlock(asked, passphrase)
  const handed = fromBase64url((await evidenceApi.package(reveal.id)).package)
  const inner = await takeOver(handed, key, { reveal: reveal.id, incident: reveal.incident })
  const sealed = keyFor(inner, keys)
  // Evidence from before a new key was made is sealed to the old one.
  const opening = sealed.sha256 === asked.sha256 ? key : await unlock(sealed, passphrase)
  const evidence = readEvidence(await openEnvelope(inner, opening))
  if (evidence.incident !== reveal.incident) throw new EvidenceError('corrupt', 'of another incident')
  return evidence
}
