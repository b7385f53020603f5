// One officer's look at the console: signs in with a one-time password, changes it, enrols an authenticator,
// filters, opens an incident, signs in again with a code. Run by officer_page_test.py against a real collector with real incidents.
import assert from 'node:assert/strict'
import { Authenticator } from './totp.mjs'
import { Workplace, listen } from './workplace.mjs'

const told = listen()
const { address, oneTime } = told
const password = 'Officer-2026-first!'

await new Workplace(told).spend(async (office) => {
  const page = await office.sit('401')
  const shot = (name) => office.shot(page, name)
  await page.goto(`https://${address}/`)
  await page.getByRole('heading', { name: '登录' }).waitFor()
  await shot('sign-in')

  await page.locator('input[name=user]').fill('officer')
  await page.locator('input[name=password]').fill('wrong password')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('alert').getByText('用户名或密码').waitFor()

  await page.locator('input[name=password]').fill(oneTime)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '修改密码' }).waitFor()
  await page.locator('input[name=old]').fill(oneTime)
  await page.locator('input[name=new]').fill(password)
  await page.locator('input[name=again]').fill(password)
  await page.getByRole('button', { name: '保存' }).click()

  // The authenticator: nothing else can be reached before it is enrolled.
  await page.getByRole('heading', { name: '绑定动态口令' }).waitFor()
  await page.goto(`https://${address}/incidents`)
  const picture = page.getByRole('img', { name: '动态口令密钥二维码' })
  await picture.waitFor()
  assert.match(await picture.locator('path').getAttribute('d'), /^M/, 'the secret is drawn')
  const authenticator = new Authenticator(await page.locator('[data-test=secret]').innerText())
  await shot('totp')
  await page.locator('input[name=code]').fill(await authenticator.code())
  await page.getByRole('button', { name: '绑定' }).click()

  await page.getByRole('heading', { name: '事件' }).waitFor()
  await page.locator('.el-table__row').first().waitFor()
  assert.ok((await page.locator('.el-table__row').count()) >= 2, 'the list shows incidents')
  await shot('incidents')

  // A file name with markup in it is shown as text: it neither runs nor becomes an element.
  await page.getByPlaceholder('路径、去向、程序、人员').fill('<img')
  await page.keyboard.press('Enter')
  await page.getByText('共 1 条').waitFor()
  await page.getByText('<img src=x onerror=alert(1)>').first().waitFor()
  assert.equal(await page.locator('img[src="x"]').count(), 0, 'no element came out of a file name')
  assert.equal(await page.locator('.el-table__row').count(), 1, 'the text filter narrows the list')
  assert.match(page.url(), /text=/, 'the filter is in the address')

  await page.locator('.el-table__row a').first().click()
  await page.getByRole('heading', { name: '为何如此处置' }).waitFor()
  const text = await page.locator('main').innerText()
  assert.match(text, /\d{0,3}\*{4,}/, 'findings are masked')
  assert.match(text, /store-any/, 'the deciding rule is named')
  assert.match(text, /K17/, 'the clause is named')
  const reasons = await page.locator('.trace .hostile').allInnerTexts()
  assert.ok(reasons.length > 0 && reasons.every((reason) => !/[a-z]{4,}/i.test(reason)), `reasons are told in Chinese: ${reasons}`)
  await shot('incident')

  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Why it was decided so' }).waitFor()
  await page.getByRole('link', { name: 'Terminals' }).click()
  await page.locator('.el-table__row').first().waitFor()
  await shot('terminals')

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.goto(`https://${address}/incidents`)
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()

  // The second time, password and code.
  await page.locator('input[name=user]').fill('officer')
  await page.locator('input[name=password]').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const code = page.locator('input[name=code]')
  await code.waitFor()
  await shot('sign-in-code')
  await code.fill('000000')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('alert').getByText('one-time code').waitFor()
  await code.fill(await authenticator.code())
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Incidents' }).waitFor()
})
