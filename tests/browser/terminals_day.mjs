// The terminals as an officer sees them, and as the reviewer of anti-money-laundering does.
// Run by terminals_day_test.py against a real collector and real agents.
import assert from 'node:assert/strict'
import { Workplace, listen } from './workplace.mjs'

const told = listen()
const [, sum] = told.sums
const general = sum.with_findings - 1 // one file is a suspicious transaction report

/** The cells of a row that has this text, by the words of their columns. */
async function rowOf(page, text) {
  const heads = await page.locator('main thead th').allInnerTexts()
  const cells = await page.locator('main .el-table__row').filter({ hasText: text }).locator('td').allInnerTexts()
  return Object.fromEntries(heads.map((head, i) => [head.trim(), cells[i].replace(/\s+/g, ' ').trim()]))
}

async function byBranch(office, page) {
  await page.getByRole('link', { name: '终端', exact: true }).click()
  await page.getByText('当前策略 2026.2').waitFor()
  const east = await rowOf(page, '城东支行')
  const blind = Object.values(sum.not_inspected).reduce((all, one) => all + one, 0)
  const share = Math.floor(((sum.files - blind) / sum.files) * 1000) / 10
  assert.match(east['终端'], /^1 在线 1$/)
  assert.equal(east['策略已更新'], '1 / 1')
  assert.match(east['最近联系'], /^\d{4}\/\d+\/\d+ /)
  assert.equal(east['检查覆盖率'], `${share}% 已盘点 1/1 台`)
  assert.equal(east['存量文件'], String(sum.files))
  assert.equal(east['含客户信息'], String(general))
  const west = await rowOf(page, '城西支行')
  assert.equal(west['策略已更新'], '0 / 1', 'a terminal that was off when the policy came')
  const south = await rowOf(page, '城南支行')
  assert.equal(south['最近联系'], '从未', 'a terminal that never ran is not passed over')
  assert.match(south['终端'], /失联 1/)
  assert.match(south['检查覆盖率'], /^未盘点/)
  await office.shot(page, 'terminals-branches')
}

async function byTerminal(office, page) {
  await page.locator('.el-radio-button').filter({ hasText: '按终端' }).click()
  await page.getByRole('link', { name: 'T-000003' }).waitFor()
  assert.match((await rowOf(page, 'T-000003'))['策略版本'], /^2026\.2 最新$/)
  assert.match((await rowOf(page, 'T-000002'))['策略版本'], /^2026\.1 旧版$/)
  assert.equal((await rowOf(page, 'T-000001'))['最近联系'], '从未')
  await office.shot(page, 'terminals-list')
  await page.getByRole('link', { name: 'T-000003' }).click()
}

/** What bars say: their label and their count. */
async function bars(page, heading) {
  const found = {}
  for (const line of await page.locator('.line').all()) {
    const under = await line.evaluate((one) => {
      let at = one.previousElementSibling
      while (at && at.tagName !== 'H2') at = at.previousElementSibling
      return at?.textContent
    })
    if (under === heading) found[await line.locator('.label').innerText()] = Number(await line.locator('.count').innerText())
  }
  return found
}

async function oneTerminal(office, page) {
  await page.getByRole('heading', { name: /城东支行/ }).waitFor()
  await page.getByText('存量盘点').first().waitFor()
  const figures = (await page.locator('.figures').innerText()).replace(/\s+/g, ' ')
  assert.match(figures, new RegExp(`^${sum.files} 存量文件 ${general} 含客户信息`))
  assert.deepEqual(await bars(page, '未能检查的文件（按原因）'), { 内容已加密: 1 })
  // Name, identity number, telephone and card side by side authorise a payment together (D85).
  assert.deepEqual(await bars(page, '按最高级别'), { 'C3 鉴别信息': general, 'C2 可识别或财务信息': 0, 'C1 内部信息': 0 })
  const elements = await bars(page, '含各数据项的文件数')
  assert.equal(elements['D01 居民身份证'], sum.elements.D01, 'as many files as the agent itself tells')
  await page.getByRole('heading', { name: '历次盘点' }).waitFor()
  const runs = await page.locator('.el-table__row').allInnerTexts()
  assert.equal(runs.length, 2, 'two runs')
  assert.ok(runs[0].split(/\s+/).includes(String(sum.unchanged)), 'the second run read nothing again')
  const text = await page.locator('main').innerText()
  assert.ok(!text.includes(told.folder) && !text.includes('客户00'), 'paths stay on the terminal')
  assert.ok(!/可疑交易报告|D71/.test(text), 'an officer learns nothing of the reports')
  await office.shot(page, 'terminal')
}

await new Workplace(told).spend(async (office) => {
  const officer = await office.enter(told.people.officer)
  await byBranch(office, officer)
  await byTerminal(office, officer)
  await oneTerminal(office, officer)

  await office.go(officer, '/terminals/T-000001')
  await officer.getByText('这台终端还没有完成过盘点').waitFor()
  await office.shot(officer, 'terminal-unused')

  const aml = await office.enter(told.people.aml)
  await office.go(aml, '/terminals/T-000003')
  await aml.getByText('D71 可疑交易报告').waitFor()
  assert.match((await aml.locator('.figures').innerText()).replace(/\s+/g, ' '), new RegExp(`^${sum.files} 存量文件 ${sum.with_findings} 含客户信息`))
})
