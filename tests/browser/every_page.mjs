// Every role's pages, and everybody else's. Run by every_page_test.py against a real collector and a real agent.
import assert from 'node:assert/strict'
import { Workplace, listen } from './workplace.mjs'

const told = listen()

const underWay = new WeakMap()

/** Counts what a page has asked for and not got. */
function watch(page) {
  underWay.set(page, new Set())
  page.on('request', (request) => underWay.get(page).add(request))
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => underWay.get(page).delete(request))
}

/** A page that has come to rest: something stands there, and nothing is being loaded, or asked for in the two
 *  frames behind the last answer. */
async function rest(page) {
  await page.locator('main h1').first().waitFor()
  let quiet = 0
  while (quiet < 2) {
    await page.evaluate(() => new Promise((frame) => requestAnimationFrame(() => setTimeout(frame))))
    quiet = underWay.get(page).size === 0 ? quiet + 1 : 0
  }
  await page.locator('.el-loading-mask:visible').waitFor({ state: 'hidden' })
}

async function opens(office, page, role, language) {
  const links = await page.locator('header nav a').all()
  const paths = []
  for (const link of links) {
    const path = await link.getAttribute('href')
    await link.click()
    await page.waitForURL(office.home + path)
    await rest(page)
    assert.equal(await page.locator('.el-alert--error').count(), 0, `${role} opens ${path} without a refusal`)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(wide <= 0, `${path} of ${role} fits its window (${language}), ${wide} over`)
    const cut = await page.locator('main th .cell').evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent))
    office.complaints.push(...cut.map((word) => `${path} of ${role} has no room for ${word}`))
    await office.shot(page, `${language}-${role}${path.replaceAll('/', '-')}`)
    paths.push(path)
  }
  return paths
}

await new Workplace(told).spend(async (office) => {
  const pages = {}
  const theirs = {}
  for (const [role, person] of Object.entries(told.people)) {
    pages[role] = await office.enter(person)
    watch(pages[role])
    theirs[role] = await opens(office, pages[role], role, 'zh')
    assert.ok(theirs[role].length, `${role} has pages`)
    await pages[role].getByRole('button', { name: 'English' }).click()
    assert.deepEqual(await opens(office, pages[role], role, 'en'), theirs[role])
    const chinese = (await pages[role].locator('header nav').innerText()).match(/\p{Script=Han}+/u)
    assert.equal(chinese, null, 'an English header is in English')
  }
  const all = [...new Set(Object.values(theirs).flat())]
  for (const [role, page] of Object.entries(pages)) {
    for (const path of all.filter((each) => !theirs[role].includes(each))) {
      await office.go(page, path)
      await page.getByRole('heading', { name: 'This page is not for your role' }).waitFor()
    }
  }
})
