import * as asn1 from 'asn1js'
import { random, type Bytes } from './bytes'
import * as der from './der'
import { EvidenceError } from './error'

/** What opening an envelope needs to know of a certificate. */
export interface Certificate {
  der: Bytes
  /** The issuer's name and the serial number, as encoded: how an envelope names its recipients. */
  issuer: Bytes
  serial: Bytes
  commonName: string
  /** An uncompressed point of P-256, 65 bytes. */
  publicKey: Bytes
}

const ecPublicKey = '1.2.840.10045.2.1'
const p256 = '1.2.840.10045.3.1.7'
const ecdsaWithSha256 = '1.2.840.10045.4.3.2'
const commonName = '2.5.4.3'
const years = 5

/** Reads a certificate with a P-256 key. Its signature is the collector's to check. */
export function readCertificate(bytes: Bytes): Certificate {
  const tbs = der.items(der.items(der.parse(bytes))[0])
  const at = der.isTag(tbs[0], 0) ? 1 : 0
  const subject = der.items(tbs[at + 4])
  const [algorithm, key] = der.items(tbs[at + 5])
  const [kind, curve] = der.items(algorithm)
  if (der.oid(kind) !== ecPublicKey || der.oid(curve) !== p256) throw new EvidenceError('bad_key', 'not P-256')
  const issuer = tbs[at + 2]
  const serial = tbs[at]
  if (!issuer || !serial) throw new EvidenceError('bad_key', 'certificate')
  return { der: bytes, issuer: der.raw(issuer), serial: der.raw(serial), commonName: nameOf(subject), publicKey: der.bits(key) }
}

function nameOf(rdns: asn1.BaseBlock[]): string {
  for (const rdn of rdns) {
    for (const attribute of der.items(rdn, asn1.Set)) {
      const [type, value] = der.items(attribute)
      if (der.oid(type) === commonName && value instanceof asn1.Utf8String) return value.valueBlock.value
    }
  }
  return ''
}

const id = (value: string) => new asn1.ObjectIdentifier({ value })
const sequence = (...value: asn1.BaseBlock[]) => new asn1.Sequence({ value })

function extension(oid: string, critical: boolean, content: asn1.BaseBlock) {
  const value = new asn1.OctetString({ valueHex: content.toBER(false) })
  return critical ? sequence(id(oid), new asn1.Boolean({ value: true }), value) : sequence(id(oid), value)
}

/** Two numbers side by side, as WebCrypto signs, in DER, as X.509 has them. */
function signatureToDer(signature: Bytes): Bytes {
  const number = (bytes: Bytes) => asn1.Integer.fromBigInt(bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n))
  return der.encode(sequence(number(signature.slice(0, 32)), number(signature.slice(32))))
}

function tbsCertificate(name: string, spki: Bytes, keyId: ArrayBuffer, now: Date) {
  const serial = random(16)
  serial[0] = (serial[0]! & 0x7f) | 0x40 // positive, and never shorter
  const subject = () => sequence(new asn1.Set({ value: [sequence(id(commonName), new asn1.Utf8String({ value: name }))] }))
  const until = new Date(now)
  until.setUTCFullYear(until.getUTCFullYear() + years)
  const from = new Date(now.getTime() - 3_600_000) // for clocks that are slow
  const time = (date: Date) =>
    date.getUTCFullYear() < 2050 ? new asn1.UTCTime({ valueDate: date }) : new asn1.GeneralizedTime({ valueDate: date })
  const extensions = sequence(
    extension('2.5.29.19', true, sequence()),
    // keyAgreement alone
    extension('2.5.29.15', true, new asn1.BitString({ valueHex: new Uint8Array([0x08]).buffer, unusedBits: 3 })),
    extension('2.5.29.14', false, new asn1.OctetString({ valueHex: keyId })),
  )
  return sequence(
    new asn1.Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [new asn1.Integer({ value: 2 })] }),
    new asn1.Integer({ valueHex: serial.buffer }),
    sequence(id(ecdsaWithSha256)),
    subject(),
    sequence(time(from), time(until)),
    subject(),
    der.parse(spki),
    new asn1.Constructed({ idBlock: { tagClass: 3, tagNumber: 3 }, value: [extensions] }),
  )
}

/** Makes a certificate that its own key signs: proof that whoever made it holds the key. */
export async function selfSign(name: string, pair: CryptoKeyPair, now = new Date()): Promise<Bytes> {
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const tbs = tbsCertificate(name, spki, await crypto.subtle.digest('SHA-1', point), now)
  const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, der.encode(tbs))
  const signature = signatureToDer(new Uint8Array(signed))
  return der.encode(sequence(tbs, sequence(id(ecdsaWithSha256)), new asn1.BitString({ valueHex: signature.buffer })))
}
