// What the walks through the console share: a browser, a workplace for each person, pictures, complaints.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { Authenticator } from './totp.mjs'

/** What the Python side tells on standard input. */
export const listen = () => JSON.parse(readFileSync(0, 'utf8'))

/** One office for a day: the console's address, where pictures go, and everybody's pages. */
export class Workplace {
  /** `switches`: more of Chromium's; `lenient`: certificates are not checked, as the test bank's root is its own. */
  constructor({ address, screenshots, switches = [], lenient = true }) {
    this.home = `https://${address}`
    Object.assign(this, { screenshots, switches, lenient })
    this.complaints = []
  }

  /** Lets `day` happen; ends the browser, and leaves a picture of each page of a day that broke off. */
  async spend(day) {
    mkdirSync(this.screenshots, { recursive: true })
    this.browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', ...this.switches],
    })
    try {
      await day(this)
      assert.deepEqual(this.complaints, [], 'the browsers have nothing to complain about')
    } catch (error) {
      for (const [i, context] of this.browser.contexts().entries())
        for (const page of context.pages()) await page.screenshot({ path: `${this.screenshots}/failed-${i}.png` })
      console.error(this.complaints.join('\n'))
      throw error
    } finally {
      await this.browser.close()
    }
  }

  /** A browser of somebody's own. `provoked`: statuses that this person's day brings about on purpose. */
  async sit(provoked = '401') {
    const context = await this.browser.newContext({
      ignoreHTTPSErrors: this.lenient,
      viewport: { width: 1366, height: 768 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const expected = new RegExp(`status of (${provoked})`)
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && !expected.test(message.text())) this.complaints.push(message.text())
    })
    return page
  }

  /** A browser of somebody whom the Python side has signed in: the session is in a cookie. */
  async sitAs(cookie, provoked) {
    const page = await this.sit(provoked)
    await page.context().addCookies([{ name: 'huxin_session', value: cookie, url: this.home, httpOnly: true, secure: true, sameSite: 'Strict' }])
    return page
  }

  /** Signs in with password and code, as an account of day.py; ends at the first page of the person's day. */
  async enter({ name, password, secret }, provoked) {
    const page = await this.sit(provoked)
    await page.goto(this.home)
    await this.give(page, name, password)
    await page.locator('input[name=code]').fill(await new Authenticator(secret).code())
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('button', { name: '退出登录' }).waitFor()
    return page
  }

  async give(page, name, password) {
    await page.locator('input[name=user]').fill(name)
    await page.locator('input[name=password]').fill(password)
    await page.getByRole('button', { name: '登录', exact: true }).click()
  }

  /** Signs in for the first time with a one-time password: a new one is set and an authenticator bound. */
  async enterFirst({ name, oneTime, password }, provoked) {
    const page = await this.sit(provoked)
    await page.goto(this.home)
    await this.give(page, name, oneTime)
    await page.getByRole('heading', { name: '修改密码' }).waitFor()
    await page.locator('input[name=old]').fill(oneTime)
    await page.locator('input[name=new]').fill(password)
    await page.locator('input[name=again]').fill(password)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name: '绑定动态口令' }).waitFor()
    const authenticator = new Authenticator(await page.locator('[data-test=secret]').innerText())
    await page.locator('input[name=code]').fill(await authenticator.code())
    await page.getByRole('button', { name: '绑定' }).click()
    await page.getByRole('heading', { name: '绑定动态口令' }).waitFor({ state: 'hidden' })
    return page
  }

  /** Picks from a list that opens below a field. */
  async choose(page, label, option) {
    await page.locator('.el-select').filter({ has: page.getByRole('combobox', { name: label }) }).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }

  /** Opens a page of the console by its address. */
  go(page, path) {
    return page.goto(this.home + path)
  }

  /** What the collector answers this person's browser, status and body; with a body of its own it is a POST. */
  ask(page, path, body) {
    const what = { method: body ? 'POST' : 'GET', headers: { 'Content-Type': 'application/json', 'X-Huxin': '1' }, body: body && JSON.stringify(body) }
    return page.evaluate(async ([path, what]) => {
      const answer = await fetch(`/api${path}`, what)
      return { status: answer.status, body: await answer.text() }
    }, [path, what])
  }

  /** Asks again until it is so; the day breaks off when it never is. */
  async until(what, so, seconds = 20) {
    const end = Date.now() + seconds * 1000
    while (!(await so())) {
      assert.ok(Date.now() < end, `never came in ${seconds} s: ${what}`)
      await new Promise((done) => setTimeout(done, 100))
    }
  }

  /** A picture of a page at rest: what still fades in is ended. */
  async shot(page, name, fullPage = true) {
    if (fullPage) await page.evaluate(() => scrollTo(0, 0)) // what sticks to the top is at the top
    await page.screenshot({ path: `${this.screenshots}/${name}.png`, fullPage, animations: 'disabled' })
  }

  /** A page as it prints: its picture at the width of A4, and its PDF. */
  async shotPrint(page, name) {
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 794, height: 1123 })
    await this.shot(page, `${name}-print`)
    await page.pdf({ path: `${this.screenshots}/${name}.pdf`, preferCSSPageSize: true })
    await page.emulateMedia({ media: null })
    await page.setViewportSize({ width: 1366, height: 768 })
  }
}
