// How a second reviewer hands the inner envelope to the one officer who asked: ephemeral ECDH over P-256,
// HKDF-SHA256, AES-256-GCM, bound to the request, its incident and the officer's certificate.
//   "HXR1" ‖ ephemeral point (65) ‖ nonce (12) ‖ cipher text and tag
import { concat, equal, random, sha256, toHex, utf8, type Bytes } from './bytes'
import type { Certificate } from './certificate'
import { EvidenceError } from './error'
import type { OpenKey } from './key'

const magic = utf8('HXR1')
const pointBytes = 65
const nonceBytes = 12
const curve = { name: 'ECDH', namedCurve: 'P-256' }

/** What a hand-over is for: it opens for nothing else. */
export interface Purpose {
  reveal: string
  incident: string
}

async function contextOf(purpose: Purpose, certificate: Certificate): Promise<Bytes> {
  return utf8(['huxin-reveal-1', purpose.reveal, purpose.incident, toHex(await sha256(certificate.der))].join('\n'))
}

async function agree(privateKey: CryptoKey, point: Bytes, ephemeral: Bytes, info: Bytes) {
  const peer = await crypto.subtle.importKey('raw', point, curve, false, [])
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: peer }, privateKey, 256)
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: ephemeral, info }
  return crypto.subtle.deriveKey(algorithm, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Seals the inner envelope to one officer for one request. */
export async function handOver(inner: Bytes, officer: Certificate, purpose: Purpose): Promise<Bytes> {
  const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits'])
  const ephemeral = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const info = await contextOf(purpose, officer)
  const key = await agree(pair.privateKey, officer.publicKey, ephemeral, info)
  const iv = random(nonceBytes)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: info }, key, inner)
  return concat(magic, ephemeral, iv, new Uint8Array(sealed))
}

/** Takes what handOver() made; `corrupt` when it is for another officer or request, or was changed. */
export async function takeOver(handed: Bytes, key: OpenKey, purpose: Purpose): Promise<Bytes> {
  const start = magic.length + pointBytes + nonceBytes
  if (handed.length < start || !equal(handed.subarray(0, magic.length), magic)) throw new EvidenceError('corrupt', 'hand-over')
  const ephemeral = handed.slice(magic.length, magic.length + pointBytes)
  const iv = handed.slice(magic.length + pointBytes, start)
  const info = await contextOf(purpose, key.certificate)
  try {
    const wrapping = await agree(key.privateKey, ephemeral, ephemeral, info)
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: info }, wrapping, handed.slice(start)))
  } catch {
    throw new EvidenceError('corrupt', 'hand-over')
  }
}
