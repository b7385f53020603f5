// Accounts and audit: a system administrator makes an account, a security administrator gives it roles, the
// auditor finds all of it in the log. Run by people_pages_test.py against a real collector.
import assert from 'node:assert/strict'
import { Workplace, listen } from './workplace.mjs'

const told = listen()

await new Workplace(told).spend(async (office) => {
  let page
  const enter = async (name) => (page = await office.enter(told.people[name], '40[139]'))
  const shot = (name) => office.shot(page, name, false)
  const row = (name) => page.locator('.el-table__row').filter({ hasText: name })

  await enter('sysadmin')
  await page.getByRole('heading', { name: '账号' }).waitFor()
  await row('sysadmin').waitFor()
  await page.getByRole('button', { name: '新增账号' }).click()
  await page.locator('input[name=name]').fill('zhao.min')
  await shot('users-add')
  await page.getByRole('dialog').getByRole('button', { name: '新增账号' }).click()
  const once = await page.locator('[data-test=one-time-password]').innerText()
  assert.match(once, /^[a-z2-9-]{20,}$/, 'a one-time password is shown')
  await shot('users-password')
  await page.getByRole('button', { name: '已记下' }).click()
  await row('zhao.min').getByText('待改密码').waitFor()
  assert.equal(await row('sysadmin').getByRole('button').count(), 0, 'nobody acts on their own account')
  await shot('users')

  await enter('secadmin')
  await row('zhao.min').getByRole('button', { name: '设定角色' }).click()
  const dialog = page.getByRole('dialog')
  const choose = (name) => dialog.locator('.el-checkbox').filter({ hasText: name }).click()
  await choose(/^审计管理员/)
  await choose(/^安全员/)
  await dialog.getByRole('alert').filter({ hasText: '不得' }).waitFor()
  assert.ok(await dialog.getByRole('button', { name: '保存' }).isDisabled(), 'excluded roles cannot be saved')
  await choose(/^审计管理员/)
  await shot('users-roles')
  await dialog.getByRole('button', { name: '保存' }).click()
  await row('zhao.min').getByText('安全员').waitFor()
  await shot('users-security')

  await enter('auditor')
  await page.getByRole('heading', { name: '审计日志' }).waitFor()
  await page.getByText('完整', { exact: true }).first().waitFor()
  await page.locator('.el-table__row').first().waitFor()
  await page.getByRole('button', { name: '校验' }).click()
  await page.getByText('条记录，').waitFor()
  await shot('audit')
  await page.locator('input[name=what]').fill('roles')
  await page.keyboard.press('Enter')
  await page.getByText('roles - → officer').first().waitFor()
  assert.match(page.url(), /what=roles/, 'the filter is in the address')
  await page.locator('input[name=who]').fill('secadmin')
  await page.keyboard.press('Enter')
  await page.getByText('设定角色').first().waitFor()
  await shot('audit-filtered')
  assert.equal(await page.getByText(once).count(), 0, 'no password is in the log')
})
