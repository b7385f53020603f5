// Sealed evidence between the C++ that seals it and the page that opens it: a key made by the page's own
// code, an envelope sealed to its certificate by certs/seal.cpp, opened in the only order that works.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { webcrypto } from 'node:crypto'

const here = dirname(fileURLToPath(import.meta.url))
const consoleFolder = join(here, '../../../collector/console')
const esbuild = join(consoleFolder, 'node_modules/.bin/esbuild')
if (!existsSync(esbuild)) {
  console.log('skipped: needs npm ci in collector/console')
  process.exit(77)
}
globalThis.crypto ??= webcrypto // Node.js 18
const sealer = process.argv[2]
const folder = mkdtempSync(join(tmpdir(), 'huxin-evidence-'))
process.on('exit', () => rmSync(folder, { recursive: true }))
const bundle = join(folder, 'evidence.mjs')
execFileSync(esbuild, ['src/evidence/index.ts', '--bundle', '--format=esm', '--platform=neutral', '--main-fields=module,main', `--outfile=${bundle}`, '--log-level=warning'], { cwd: consoleFolder })
const page = await import(pathToFileURL(bundle))

const passphrase = '柳絮飘飞的四月天里我们去看海'
const fault = (name) => (error) => error instanceof page.EvidenceError && error.fault === name
function seal(officer, reviewer) {
  writeFileSync(join(folder, 'officer.der'), officer)
  writeFileSync(join(folder, 'reviewer.der'), reviewer)
  return new Uint8Array(execFileSync(sealer, [join(folder, 'officer.der'), join(folder, 'reviewer.der')], { maxBuffer: 1 << 24 }))
}
async function test(sentence, body) {
  await body()
  console.log(`ok - ${sentence}`)
}

const made = {}
const keys = {}
for (const name of ['li.wei', '王芳', 'zhao']) {
  made[name] = await page.makeKey(name, passphrase)
  keys[name] = await page.unlockKey(made[name].certificate, made[name].locked, passphrase)
}
const envelope = seal(made['li.wei'].certificate, made['王芳'].certificate)

await test('A second reviewer, then an officer, open what C++ sealed to keys that the page made', async () => {
  const inner = await page.openEnvelope(envelope, keys['王芳'])
  const evidence = page.readEvidence(await page.openEnvelope(inner, keys['li.wei']))
  assert.equal(evidence.incident, '2a'.repeat(16))
  assert.equal(evidence.findings.length, 401)
  assert.deepEqual(evidence.findings[0], { element: 'D01', where: '客户.xlsx!Sheet1!B7', value: '11010519491231002X', snippet: '身份证 11010519491231002X <script>' })
  assert.equal(evidence.truncated, true)
})

await test('Neither of them gets anything in the wrong order, nor a third person ever', async () => {
  const inner = await page.openEnvelope(envelope, keys['王芳'])
  await assert.rejects(page.openEnvelope(envelope, keys['li.wei']), fault('not_for_key'))
  await assert.rejects(page.openEnvelope(inner, keys['王芳']), fault('not_for_key'))
  await assert.rejects(page.openEnvelope(envelope, keys.zhao), fault('not_for_key'))
  // A stranger's private key behind the right certificate opens nothing either.
  const posing = { certificate: keys['王芳'].certificate, privateKey: keys.zhao.privateKey }
  await assert.rejects(page.openEnvelope(envelope, posing), fault('corrupt'))
  assert.throws(() => page.readEvidence(inner), fault('corrupt'))
})

await test('One changed bit anywhere, a cut or an added byte is noticed', async () => {
  const small = envelope.length
  for (let at = 0; at < small; at += at < 600 ? 1 : 997) {
    const changed = envelope.slice()
    changed[at] ^= 0x01
    await assert.rejects(page.openEnvelope(changed, keys['王芳']), page.EvidenceError, `byte ${at}`)
  }
  const oddText = Uint8Array.of(0x30, 5, 0x1c, 3, 0x41, 0x41, 0x41) // a UniversalString whose characters are cut
  for (const changed of [envelope.slice(0, -1), page.concat(envelope, new Uint8Array(1)), new Uint8Array(0), oddText])
    await assert.rejects(page.openEnvelope(changed, keys['王芳']), fault('corrupt'))
})

await test('A passphrase opens the key it locked, and only that one', async () => {
  const { certificate, locked } = made['li.wei']
  await assert.rejects(page.unlockKey(certificate, locked, passphrase + '!'), fault('passphrase'))
  await assert.rejects(page.unlockKey(made.zhao.certificate, locked, passphrase), fault('passphrase'))
  await assert.rejects(page.makeKey('li.wei', '十一个字十一个字十一个'), fault('weak_passphrase'))
  const weaker = JSON.stringify({ ...JSON.parse(locked), iterations: 1000 })
  await assert.rejects(page.unlockKey(certificate, weaker, passphrase), fault('bad_key'))
  await assert.rejects(page.unlockKey(certificate, 'no JSON', passphrase), fault('bad_key'))
  await assert.rejects(crypto.subtle.exportKey('pkcs8', keys['li.wei'].privateKey))
  assert.equal(JSON.parse(locked).iterations, 600000)
  assert.ok(!locked.includes(passphrase))
})

await test('What a reviewer hands over opens for one officer, one request and one incident', async () => {
  const inner = await page.openEnvelope(envelope, keys['王芳'])
  const purpose = { reveal: 'ab'.repeat(16), incident: '2a'.repeat(16) }
  const handed = await page.handOver(inner, keys['li.wei'].certificate, purpose)
  assert.ok(page.equal(await page.takeOver(handed, keys['li.wei'], purpose), inner))
  await assert.rejects(page.takeOver(handed, keys.zhao, purpose), fault('corrupt'))
  await assert.rejects(page.takeOver(handed, keys['li.wei'], { ...purpose, reveal: 'cd'.repeat(16) }), fault('corrupt'))
  await assert.rejects(page.takeOver(handed, keys['li.wei'], { ...purpose, incident: '2b'.repeat(16) }), fault('corrupt'))
  for (let at = 0; at < handed.length; at += at < 100 ? 1 : 997) {
    const changed = handed.slice()
    changed[at] ^= 0x80
    await assert.rejects(page.takeOver(changed, keys['li.wei'], purpose), fault('corrupt'), `byte ${at}`)
  }
  await assert.rejects(page.takeOver(handed.slice(0, 80), keys['li.wei'], purpose), fault('corrupt'))
})

await test('A certificate of the page says who it is for, under OpenSSL too', async () => {
  const read = page.readCertificate(made['王芳'].certificate)
  assert.equal(read.commonName, '王芳')
  writeFileSync(join(folder, 'one.der'), made['王芳'].certificate)
  const pem = execFileSync('openssl', ['x509', '-inform', 'DER', '-in', join(folder, 'one.der')])
  writeFileSync(join(folder, 'one.pem'), pem)
  const verified = execFileSync('openssl', ['verify', '-check_ss_sig', '-CAfile', join(folder, 'one.pem'), join(folder, 'one.pem')])
  assert.match(String(verified), /OK/)
  const text = String(execFileSync('openssl', ['x509', '-noout', '-text', '-in', join(folder, 'one.pem')]))
  assert.match(text, /Key Agreement/)
  assert.match(text, /CA:FALSE/)
})
