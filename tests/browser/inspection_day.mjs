// An inspection by an external inspector, and what compliance makes of it. Run by inspection_day_test.py against a
// real collector and a real agent.
import assert from 'node:assert/strict'
import { Workplace, listen } from './workplace.mjs'

const told = listen()
const due = new Date(Date.now() + 50 * 86_400_000).toISOString().slice(0, 10)
// What was found on site, where the collector cannot tell; everything else is in order.
const found = { 17: ['部分合格', '碎纸机旁有未粉碎的作废凭证'], 32: ['不合格', '打印机出纸口留有三张客户回单'] }

async function plans(office, page) {
  await page.getByRole('link', { name: '检查', exact: true }).click()
  await page.getByRole('button', { name: '新建检查' }).click()
  const dialog = page.getByRole('dialog', { name: '新建检查' })
  await dialog.locator('.el-select').click()
  await page.getByRole('option', { name: '城东支行 0101' }).click()
  await dialog.getByLabel('检查人').fill('nobody')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.getByRole('alert').waitFor()
  await office.shot(page, 'inspection-plan', false)
  await dialog.getByLabel('检查人').fill('')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: /^城东支行/ }).waitFor()
  const id = page.url().match(/inspections\/(\d+)$/)[1]
  await page.getByPlaceholder('合规账户或外部检查人的用户名').fill('sun.hao')
  await page.getByRole('button', { name: '指派' }).click()
  await page.getByText('此检查指派给 sun.hao').waitFor()
  await office.shot(page, 'inspection-assigned', false)
  return id
}

async function seesOnlyThis(office, page, id) {
  await page.getByRole('heading', { name: '现场检查' }).waitFor()
  await page.locator('.el-table__row').filter({ hasText: '城东支行' }).waitFor()
  assert.equal(await page.locator('.el-table__row').count(), 1, 'one inspection is this inspector\'s')
  assert.deepEqual(await page.locator('header nav a').allInnerTexts(), ['检查'], 'and nothing else of the console')
  await office.shot(page, 'inspector-list')
  for (const path of ['/scores', '/monitoring', '/branches', '/staff', '/rectifications', '/marks', '/periods', '/incidents', '/cases',
    '/summary', '/terminals', '/terminals/T-000001', '/coverage', '/orders', '/users', '/audit', '/reveals'])
    assert.equal((await office.ask(page, path)).status, 403, `${path} is not for an inspector`)
  assert.equal((await office.ask(page, `/inspections/${told.elsewhere}`)).status, 404, 'nor is another\'s inspection')
  await office.go(page, `/compliance/inspections/${told.elsewhere}`)
  await page.getByRole('alert').getByText('没有').waitFor()
  await office.go(page, '/compliance/scores')
  await page.getByRole('heading', { name: '您的角色不能查看这个页面' }).waitFor()
  assert.match(page.url(), /compliance\/scores$/, 'the address stays')
  await office.shot(page, 'inspector-refused')
  await office.go(page, '/no-such-page')
  await page.getByRole('heading', { name: '没有这个页面' }).waitFor()
  await page.locator('main a').click()
  await page.getByRole('heading', { name: '现场检查' }).waitFor()
  await page.locator('.el-table__row').filter({ hasText: '城东支行' }).click()
  await page.waitForURL(new RegExp(`inspections/${id}$`))
}

async function answers(office, page) {
  const items = page.locator('article.item')
  await items.first().waitFor()
  assert.equal(await items.count(), 46, 'all items of the four domains')
  const alive = items.filter({ hasText: '每台终端均有防护程序' })
  await alive.locator('.said').getByText('T-000001').waitFor()
  await office.shot(page, 'inspector-items')
  assert.ok(await page.getByRole('button', { name: '提交检查' }).isDisabled(), 'nothing is submitted half answered')

  // What the collector says, taken over with its evidence; then by hand what it cannot tell.
  await page.getByRole('button', { name: /^采用全部系统判断/ }).click()
  await page.getByText(/已采用 \d+ 项/).waitFor()
  await alive.locator('.given').getByText('T-000001').waitFor()
  for (;;) {
    const open = items.filter({ has: page.locator('.form') })
    if ((await open.count()) === 0) break
    const item = open.first()
    const number = await item.locator('.number').innerText()
    const [verdict, note] = found[number] ?? ['合格', '']
    await item.getByText(verdict, { exact: true }).click()
    if (note) {
      assert.ok(await item.getByRole('button', { name: '保存' }).isDisabled(), 'a finding needs words')
      await item.getByPlaceholder(/除“合格”外必填/).fill(note)
      await item.getByRole('button', { name: '添加证据' }).click()
      await item.getByPlaceholder('编号').fill(`照片-${number}`)
      await item.getByRole('button', { name: '添加证据' }).last().click()
      await office.shot(page, `inspector-answer-${number}`, false)
    }
    await item.getByRole('button', { name: '保存' }).click()
    await items.filter({ has: page.locator('.number', { hasText: new RegExp(`^${number}$`) }) }).locator('.given').waitFor()
  }
  await page.getByText('已答 46 / 46').waitFor()
  await page.getByRole('button', { name: '提交检查' }).click()
  await page.locator('.el-message-box').getByRole('button', { name: '确定' }).click()
  await page.getByText(/已提交，生成 \d+ 项整改/).waitFor()
  await page.getByText('已提交，不可更改').waitFor()
  await office.shot(page, 'inspector-submitted')
}

async function rectifies(office, page) {
  await page.getByRole('link', { name: '整改', exact: true }).click()
  const row = page.locator('.el-table__row').filter({ hasText: '打印机出纸口' })
  await row.getByText('刘洋').waitFor() // the branch's accountable person, until another is named
  await row.getByRole('button', { name: '责任人与期限' }).click()
  const dialog = page.getByRole('dialog', { name: '责任人与期限' })
  await dialog.getByLabel('责任人').fill('陈静怡')
  await dialog.locator('.el-date-editor input').fill(due)
  await page.keyboard.press('Enter')
  await dialog.getByLabel('说明').fill('柜面主管负责')
  await office.shot(page, 'rectification-assign', false)
  await dialog.getByRole('button', { name: '保存' }).click()
  await row.getByText(due).waitFor()
  await row.getByText('陈静怡').waitFor()
  const act = async (button, text, closing) => {
    await row.getByRole('button', { name: button }).click()
    const asked = page.getByRole('dialog', { name: button })
    await asked.getByLabel('说明').fill(text)
    await asked.getByRole('button', { name: closing }).click()
    await asked.waitFor({ state: 'hidden' })
  }
  await act('报告整改', '已加装打印机取件登记', '保存')
  await act('复查', '抽查当日仍有遗留', '复查不通过')
  await act('报告整改', '已安排专人每小时清理', '保存')
  await row.getByText('待复查').waitFor()
  await row.locator('.el-table__expand-icon').click()
  await page.locator('.events').getByText('抽查当日仍有遗留').waitFor()
  await office.shot(page, 'rectifications')
  await act('复查', '复查合格', '复查通过')
  await row.waitFor({ state: 'hidden' }) // only what is not closed is shown
}

async function scores(office, page, id) {
  await page.getByRole('link', { name: '考核', exact: true }).click()
  await page.locator('.el-table__row').filter({ hasText: '城东支行' }).click()
  await page.getByRole('heading', { name: '城东支行' }).waitFor()
  for (const domain of ['征信', '支付结算', '反洗钱', '信息科技'])
    await page.locator('.el-collapse-item__header').filter({ hasText: domain }).click()
  const line = page.locator('.line').filter({ hasText: '桌面清洁' })
  await line.getByText('打印机出纸口留有三张客户回单').waitFor()
  await line.getByText('照片-32').waitFor()
  await page.locator('.line').filter({ hasText: '每台终端均有防护程序' }).getByRole('link', { name: 'T-000001' }).first().waitFor()
  for (const figure of await page.locator('.line > button').all()) await figure.click()
  await office.shot(page, 'inspection-score-tree')
  await page.getByRole('link', { name: `#${id}` }).first().click()
  await page.getByText('已提交，不可更改').waitFor()
  const item = page.locator('article.item').filter({ hasText: '桌面清洁' })
  await item.getByRole('button', { name: '更正' }).click()
  await item.getByText('部分合格', { exact: true }).click()
  await item.getByPlaceholder(/除“合格”外必填/).fill('经复核，回单已当场收回')
  await item.getByRole('button', { name: '保存' }).click()
  await item.locator('.given').getByText('chen.jing').first().waitFor()
  await office.shot(page, 'inspection-corrected')
}

/** The day that an inspector's account lasts until comes: nobody waits for it at a desk, so it is brought near. */
async function ends(office, page, security, password) {
  const near = new Date(Date.now() + 3000).toISOString().replace(/\.\d+Z/, 'Z')
  assert.equal((await office.ask(page, '/session')).status, 200)
  const changed = await security.evaluate(async (ends) => {
    const headers = { 'Content-Type': 'application/json', 'X-Huxin': '1' }
    return (await fetch('/api/users/sun.hao/roles', { method: 'PUT', headers, body: JSON.stringify({ roles: ['inspector'], ends }) })).status
  }, near)
  assert.equal(changed, 200)
  await office.until('the end of the account', async () => (await office.ask(page, '/session')).status === 401)
  await page.reload()
  await page.getByRole('heading', { name: '登录' }).waitFor()
  await office.give(page, 'sun.hao', password)
  await page.getByRole('alert').getByText('用户名或密码').waitFor()
  await office.shot(page, 'inspector-ended')
}

/** The security administrator makes an account an inspector's: not without its last day. */
async function appoints(office, page) {
  const row = page.locator('.el-table__row').filter({ hasText: 'sun.hao' })
  await row.getByRole('button', { name: '设定角色' }).click()
  const dialog = page.getByRole('dialog', { name: 'sun.hao 的角色' })
  await dialog.locator('.el-checkbox').filter({ hasText: /^外部检查人/ }).click()
  assert.ok(await dialog.getByRole('button', { name: '保存' }).isDisabled(), 'an inspector needs a last day')
  await dialog.locator('.el-date-editor input').fill(due)
  await page.keyboard.press('Enter')
  await office.shot(page, 'inspector-appointed', false)
  await dialog.getByRole('button', { name: '保存' }).click()
  await row.getByText('外部检查人').waitFor()
}

await new Workplace(told).spend(async (office) => {
  const late = await office.sit()
  await late.goto(office.home)
  await office.give(late, told.ended.name, told.ended.password)
  await late.getByRole('alert').getByText('用户名或密码').waitFor()

  const security = await office.sitAs(told.security.cookie)
  await office.go(security, '/')
  await appoints(office, security)
  const compliance = await office.enter(told.compliance, '400|401|409')
  const id = await plans(office, compliance)
  const inspector = await office.enterFirst(told.inspector, '401|403|404')
  await seesOnlyThis(office, inspector, id)
  await answers(office, inspector)
  await rectifies(office, compliance)
  await scores(office, compliance, id)

  await ends(office, inspector, security, told.inspector.password)
})
