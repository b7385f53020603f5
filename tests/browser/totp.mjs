// What an authenticator does (RFC 6238: SHA-1, six digits, 30 seconds), for tests that sign in.
import { createHmac } from 'node:crypto'

const period = 30_000
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function fromBase32(text) {
  let bits = ''
  for (const letter of text.replaceAll(' ', '')) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0')
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
}

export function codeOf(secret, step) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const value = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff
  return String(value % 1_000_000).padStart(6, '0')
}

/** An authenticator that never shows a code twice: the collector takes each once, and one step ahead too. */
export class Authenticator {
  constructor(secret) {
    this.secret = secret
    this.used = 0
  }
  async code() {
    const now = () => Math.floor(Date.now() / period)
    while (this.used > now()) await new Promise((done) => setTimeout(done, 200))
    this.used = Math.max(this.used + 1, now())
    return codeOf(this.secret, this.used)
  }
}
