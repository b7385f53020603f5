import { concat, equal, fromBase64, random, sha256, toBase64, utf8, type Bytes } from './bytes'
import { readCertificate, selfSign, type Certificate } from './certificate'
import { EvidenceError } from './error'

/** PBKDF2 rounds; a key that was locked with fewer is not opened. */
export const leastRounds = 600_000
const mostRounds = 10_000_000
export const shortestPassphrase = 12
const format = 'huxin-key-1'

/** A private key under a passphrase: all that ever leaves the browser. */
interface LockedKey {
  format: typeof format
  iterations: number
  salt: string
  iv: string
  key: string
}

/** A key that was unlocked, for this page alone: it cannot be taken out of WebCrypto. */
export interface OpenKey {
  certificate: Certificate
  privateKey: CryptoKey
}

const curve = { namedCurve: 'P-256' }

// The same passphrase from two keyboards is one passphrase.
const normalise = (passphrase: string) => passphrase.normalize('NFKC')

/** Characters, not bytes: a Chinese sentence counts by its signs. */
export const longEnough = (passphrase: string) => [...normalise(passphrase)].length >= shortestPassphrase

async function wrappingKey(passphrase: string, salt: Bytes, iterations: number) {
  const base = await crypto.subtle.importKey('raw', utf8(normalise(passphrase)), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}

// The lock belongs to one certificate: another's cannot be put in its place.
const bindingOf = async (certificate: Bytes) => concat(utf8(format), await sha256(certificate))

/** Makes a key pair, its certificate, and the private key locked under a passphrase. */
export async function makeKey(name: string, passphrase: string, now = new Date()) {
  if (!longEnough(passphrase)) throw new EvidenceError('weak_passphrase')
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', ...curve }, true, ['sign', 'verify'])
  const certificate = await selfSign(name, pair, now)
  const secret = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const salt = random(16)
  const iv = random(12)
  const wrapping = await wrappingKey(passphrase, salt, leastRounds)
  const additionalData = await bindingOf(certificate)
  const locked = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, wrapping, secret))
  secret.fill(0)
  const blob: LockedKey = { format, iterations: leastRounds, salt: toBase64(salt), iv: toBase64(iv), key: toBase64(locked) }
  return { certificate, locked: JSON.stringify(blob) }
}

function readLocked(text: string): LockedKey {
  let blob: Partial<LockedKey>
  try {
    blob = JSON.parse(text) as Partial<LockedKey>
  } catch {
    throw new EvidenceError('bad_key')
  }
  const rounds = blob.iterations ?? 0
  if (blob.format !== format || !Number.isInteger(rounds) || rounds < leastRounds || rounds > mostRounds) throw new EvidenceError('bad_key')
  return { format, iterations: rounds, salt: String(blob.salt), iv: String(blob.iv), key: String(blob.key) }
}

async function decryptKey(locked: LockedKey, certificate: Bytes, passphrase: string): Promise<Bytes> {
  const wrapping = await wrappingKey(passphrase, fromBase64(locked.salt), locked.iterations)
  const additionalData = await bindingOf(certificate)
  try {
    const iv = fromBase64(locked.iv)
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, wrapping, fromBase64(locked.key)))
  } catch {
    throw new EvidenceError('passphrase')
  }
}

/** Is the private key the certificate's? */
async function belongs(secret: Bytes, certificate: Certificate): Promise<boolean> {
  const key = await crypto.subtle.importKey('pkcs8', secret, { name: 'ECDSA', ...curve }, true, ['sign'])
  const { d: _, ...half } = await crypto.subtle.exportKey('jwk', key)
  const shown = await crypto.subtle.importKey('jwk', { ...half, key_ops: ['verify'] }, { name: 'ECDSA', ...curve }, true, ['verify'])
  return equal(new Uint8Array(await crypto.subtle.exportKey('raw', shown)), certificate.publicKey)
}

/** Unlocks a private key for this page. `passphrase` or `bad_key` is what may be wrong. */
export async function unlockKey(certificate: Bytes, lockedText: string, passphrase: string): Promise<OpenKey> {
  const read = readCertificate(certificate)
  const secret = await decryptKey(readLocked(lockedText), certificate, passphrase)
  try {
    if (!(await belongs(secret, read))) throw new EvidenceError('bad_key')
    const privateKey = await crypto.subtle.importKey('pkcs8', secret, { name: 'ECDH', ...curve }, false, ['deriveBits'])
    return { certificate: read, privateKey }
  } finally {
    secret.fill(0)
  }
}
