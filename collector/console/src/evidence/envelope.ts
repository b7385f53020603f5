// Takes one envelope of certs/seal.cpp off: CMS AuthEnvelopedData (RFC 5083, 5084), the key agreed on by
// ephemeral ECDH over P-256 with the X9.63 KDF and SHA-256 (RFC 5753), wrapped with AES-256 (RFC 3394).
// Nothing else is read: no other algorithm, no attributes, no shortened tag.
import * as asn1 from 'asn1js'
import { concat, equal, type Bytes } from './bytes'
import type { Certificate } from './certificate'
import * as der from './der'
import { EvidenceError } from './error'
import type { OpenKey } from './key'

const authEnvelopedData = '1.2.840.113549.1.9.16.1.23'
const ecPublicKey = '1.2.840.10045.2.1'
const data = '1.2.840.113549.1.7.1'
const aes256Gcm = '2.16.840.1.101.3.4.1.46'
const aes256Wrap = '2.16.840.1.101.3.4.1.45'
const ecdhX963Sha256 = '1.3.132.1.11.1'
const macBytes = 16
const largest = 17 << 20

const corrupt = (detail: string): never => {
  throw new EvidenceError('corrupt', detail)
}

interface Envelope {
  recipients: asn1.BaseBlock[]
  nonce: Bytes
  /** Cipher text and tag, as WebCrypto wants them. */
  sealed: Bytes
}

function readContent(node: asn1.BaseBlock | undefined, mac: Bytes): Pick<Envelope, 'nonce' | 'sealed'> {
  const content = der.items(node)
  if (content.length !== 3 || der.oid(content[0]) !== data) corrupt('content')
  const [algorithm, parameters] = der.items(content[1])
  if (der.oid(algorithm) !== aes256Gcm) corrupt('algorithm')
  const [nonce, tagLength] = der.items(parameters)
  if (der.small(tagLength) !== macBytes || mac.length !== macBytes) corrupt('tag length')
  return { nonce: der.octets(nonce), sealed: concat(der.taggedOctets(content[2], 0), mac) }
}

function readEnvelope(bytes: Bytes): Envelope {
  if (bytes.length > largest) corrupt('too large')
  const info = der.items(der.parse(bytes))
  if (info.length !== 2 || der.oid(info[0]) !== authEnvelopedData) corrupt('not AuthEnvelopedData')
  const body = der.items(der.only(info[1], 0))
  if (body.length !== 4 || der.small(body[0]) !== 0) corrupt('not of the sealer’s making')
  return { recipients: der.items(body[1], asn1.Set), ...readContent(body[2], der.octets(body[3])) }
}

interface Agreement {
  ephemeral: Bytes
  /** The key wrap algorithm and what else goes into the derivation, as encoded. */
  sharedInfo: Bytes
  wrapped: Bytes
}

/** ECC-CMS-SharedInfo of RFC 5753, for a 256-bit key. */
function sharedInfo(wrap: asn1.BaseBlock, ukm: Bytes | undefined): Bytes {
  const explicit = (tagNumber: number, valueHex: Bytes) =>
    new asn1.Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [new asn1.OctetString({ valueHex: valueHex.buffer })] })
  const value: asn1.BaseBlock[] = [der.parse(der.raw(wrap))]
  if (ukm) value.push(explicit(0, ukm))
  value.push(explicit(2, new Uint8Array([0, 0, 1, 0])))
  return der.encode(new asn1.Sequence({ value }))
}

/** What a recipient entry holds for a certificate's key; undefined when it is another's. */
function agreementFor(recipient: asn1.BaseBlock, holder: Certificate): Agreement | undefined {
  if (!der.isTag(recipient, 1)) return undefined
  const parts = der.tagged(recipient, 1)
  if (der.small(parts.shift()) !== 3) corrupt('recipient version')
  const [kind, point] = der.tagged(der.only(parts.shift(), 0), 1)
  if (der.oid(der.items(kind)[0]) !== ecPublicKey) corrupt('originator')
  const ukm = der.isTag(parts[0], 1) ? der.octets(der.only(parts.shift(), 1)) : undefined
  const [scheme, wrap] = der.items(parts.shift())
  const keys = der.items(parts.shift())
  for (const each of keys) {
    const [rid, wrapped] = der.items(each)
    if (!(rid instanceof asn1.Sequence)) continue
    const [issuer, serial] = der.items(rid)
    if (!issuer || !serial || !equal(der.raw(issuer), holder.issuer) || !equal(der.raw(serial), holder.serial)) continue
    if (der.oid(scheme) !== ecdhX963Sha256 || !wrap || der.oid(der.items(wrap)[0]) !== aes256Wrap) corrupt('key agreement')
    return { ephemeral: der.bits(point), sharedInfo: sharedInfo(wrap!, ukm), wrapped: der.octets(wrapped) }
  }
  return undefined
}

async function contentKey(agreement: Agreement, privateKey: CryptoKey): Promise<CryptoKey> {
  const peer = await crypto.subtle.importKey('raw', agreement.ephemeral, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
  const secret = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: peer }, privateKey, 256))
  const derived = await crypto.subtle.digest('SHA-256', concat(secret, new Uint8Array([0, 0, 0, 1]), agreement.sharedInfo))
  secret.fill(0)
  const wrapping = await crypto.subtle.importKey('raw', derived, 'AES-KW', false, ['unwrapKey'])
  return crypto.subtle.unwrapKey('raw', agreement.wrapped, wrapping, 'AES-KW', 'AES-GCM', false, ['decrypt'])
}

/** Does this certificate's key open the envelope? */
export function isSealedTo(envelope: Bytes, holder: Certificate): boolean {
  return readEnvelope(envelope).recipients.some((recipient) => agreementFor(recipient, holder) !== undefined)
}

/** Takes one envelope off. `not_for_key`: sealed to others. `corrupt`: no such envelope, or changed. */
export async function openEnvelope(envelope: Bytes, key: OpenKey): Promise<Bytes> {
  const read = readEnvelope(envelope)
  const agreement = read.recipients.map((recipient) => agreementFor(recipient, key.certificate)).find((found) => found !== undefined)
  if (!agreement) throw new EvidenceError('not_for_key')
  try {
    const cek = await contentKey(agreement, key.privateKey)
    const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: read.nonce, tagLength: macBytes * 8 }, cek, read.sealed)
    return new Uint8Array(opened)
  } catch {
    return corrupt('the envelope was changed')
  }
}
