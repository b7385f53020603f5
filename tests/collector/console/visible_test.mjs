// What terminals call their files, as the page shows it: characters that are not seen, or turn others around, are
// named; and every {{ … }} of a template passes through that.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const consoleFolder = join(here, '../../../collector/console')
const esbuild = join(consoleFolder, 'node_modules/.bin/esbuild')
if (!existsSync(esbuild)) {
  console.log('skipped: needs npm ci in collector/console')
  process.exit(77)
}
const folder = mkdtempSync(join(tmpdir(), 'huxin-visible-'))
process.on('exit', () => rmSync(folder, { recursive: true }))
async function load(file) {
  const bundle = join(folder, 'bundle.mjs')
  execFileSync(esbuild, [file, '--bundle', '--format=esm', '--platform=node', '--main-fields=module,main', `--outfile=${bundle}`, '--log-level=warning'], { cwd: consoleFolder })
  return import(`${pathToFileURL(bundle)}?${file}`)
}

const { visible } = await load('src/visible.ts')
for (const [shown, text, why] of [
  ['报告⟨U+202E⟩xslx.exe', '报告\u202Exslx.exe', 'letters turned around'],
  ['a⟨U+2066⟩b⟨U+2069⟩', 'a\u2066b\u2069', 'an isolate'],
  ['客⟨U+200B⟩户', '客\u200B户', 'a blank of no width'],
  ['⟨U+FEFF⟩a', '\uFEFFa', 'a byte order mark'],
  ['a⟨U+001B⟩[2J⟨U+009B⟩', 'a\u001B[2J\u009B', 'controls of a terminal'],
  ['a⟨U+E0041⟩', 'a\u{E0041}', 'a tag'],
  ['一行\n二行\t三', '一行\n二行\t三', 'lines and tabs are seen'],
  ['<b>𠮷 é ｗ · 😀</b>', '<b>𠮷 é ｗ · 😀</b>', 'everything else stays'],
]) {
  assert.equal(visible(text), shown, why)
}
assert.equal(visible(7), 7)
assert.equal(visible(undefined), undefined)

const { visibleText } = await load('visible-text.ts')
const { compile } = await import(pathToFileURL(join(consoleFolder, 'node_modules/@vue/compiler-dom/dist/compiler-dom.cjs.js')))
const { code } = compile('<p>{{ row.path }} · <b>{{ t("x", { who }) }}</b></p>', { mode: 'module', prefixIdentifiers: true, nodeTransforms: [visibleText] })
assert.equal(code.match(/_toDisplayString\(_ctx\.\$visible\(/g)?.length, 2, code)
assert.equal(code.match(/_toDisplayString\(/g)?.length, 2, code)
console.log('visible: all held')
