// Compliance closes the month that is over and asks for it again after the bank has changed.
// Run by closed_month_test.py against a real collector and real agents.
import assert from 'node:assert/strict'
import { importTable, month, pickMonth, wholeMonth } from './compliance_steps.mjs'
import { Workplace, listen } from './workplace.mjs'

const told = listen()

async function readsTheRanking(office, page) {
  await page.getByRole('link', { name: '考核', exact: true }).click()
  await pickMonth(page, told.past)
  const rows = page.locator('.el-table__row')
  await rows.filter({ hasText: '城西支行' }).getByText(/^1$/).waitFor()
  const east = (await rows.filter({ hasText: '城东支行' }).locator('td').allInnerTexts()).map((text) => text.trim())
  assert.equal(east[0], '2', 'the branch with findings comes second')
  assert.match(east[3], /^\d+\.\d\d$/)
  assert.ok(Number(east[3]) > 0, `points: ${east}`)
  await office.shot(page, 'closed-ranking')
}

/** Each domain opened, and in it each figure and each answer to what it was made of. */
async function opensEveryPoint(office, page, branch, caseId) {
  await page.locator('.el-table__row').filter({ hasText: branch }).click()
  await page.getByRole('heading', { name: branch }).waitFor()
  for (const domain of ['征信', '支付结算', '反洗钱', '信息科技'])
    await page.locator('.el-collapse-item__header').filter({ hasText: domain }).click()
  for (const figure of await page.locator('.line > button').all()) await figure.click()
  const finding = page.locator('.line').filter({ hasText: '打印机出纸口留有三张客户回单' })
  await finding.getByText('不合格').waitFor()
  await page.locator('.line').filter({ hasText: '确认的二级事件' }).getByText(caseId).waitFor()
  await office.shot(page, 'closed-score-tree')
}

async function closes(office, page) {
  await page.getByRole('button', { name: '月结' }).click()
  await page.locator('.el-message-box').getByRole('button', { name: '确定' }).click()
  await page.getByText(/chen\.jing 于 .* 月结/).waitFor()
  const shown = await page.locator('main').innerText()
  await opensEveryPoint(office, page, '城东支行', told.case)
  await page.getByText('已月结').waitFor()
  return { shown, whole: await wholeMonth(office, page, told.past) }
}

/** What would move that month, were it open. */
async function theBankGoesOn(office, page) {
  await page.getByRole('link', { name: '机构', exact: true }).click()
  const dialog = await importTable(page, '导入机构树', told.renamed)
  await dialog.getByText('已导入 4 行').waitFor()
  await dialog.getByRole('button', { name: '关闭', exact: true }).click()
  await page.getByText('钱进').waitFor()
  await office.go(page, `/compliance/inspections/${told.visits['0102']}`)
  const item = page.locator('article.item').filter({ hasText: '无人值守终端锁屏' })
  await item.getByRole('button', { name: '更正' }).click()
  await item.getByText('不合格', { exact: true }).click()
  await item.getByPlaceholder(/除“合格”外必填/).fill('复核录像，三台终端长时间未锁屏')
  await item.getByRole('button', { name: '保存' }).click()
  await item.locator('.given').getByText('chen.jing').first().waitFor()
  const mark = await office.ask(page, '/marks', { branch: '0101', period: told.past, kind: 'late_report', reason: '迟报两日' })
  assert.equal(mark.status, 409, `a closed month takes no more marks: ${mark.body}`)
}

async function isTheSame(office, page, kept) {
  assert.deepEqual(await wholeMonth(office, page, told.past), kept.whole, 'the closed month is the same to the byte')
  await page.getByRole('link', { name: '考核', exact: true }).click()
  await pickMonth(page, told.past)
  await page.getByText(/chen\.jing 于 .* 月结/).waitFor()
  await page.locator('.el-table__row').filter({ hasText: '刘洋' }).waitFor()
  assert.equal(await page.locator('main').innerText(), kept.shown, 'and on the page')
  await pickMonth(page, month(0))
  await page.locator('.el-table__row').filter({ hasText: '钱进' }).waitFor()
  const now = await office.ask(page, `/scores/0102?period=${month(0)}`)
  assert.ok(now.body.includes('三台终端长时间未锁屏'), 'while this month has the correction')
}

async function readsOverMonths(office, page) {
  await page.getByRole('link', { name: '监控', exact: true }).click()
  await page.locator('.el-table__row').filter({ hasText: '城东支行' }).waitFor()
  await page.locator('.chart canvas').nth(1).waitFor()
  await office.shot(page, 'closed-monitoring')
  const says = { '': ['城东支行', '城西支行', '刘洋', '桌面清洁'], '/0101': ['城东支行', '刘洋', '桌面清洁'] }
  for (const [branch, parts] of Object.entries(says)) {
    await office.go(page, `/api/bulletins/${told.past}${branch}`)
    const text = await page.locator('body').innerText()
    for (const part of parts) assert.ok(text.includes(part), `${part} is in the bulletin${branch}`)
    assert.ok(!text.includes('暂定'), 'a closed month is final')
    await office.shotPrint(page, `closed-bulletin${branch.replace('/', '-')}`)
  }
}

await new Workplace(told).spend(async (office) => {
  const page = await office.enter(told.person, '401|409')
  await readsTheRanking(office, page)
  const kept = await closes(office, page)
  await theBankGoesOn(office, page)
  await isTheSame(office, page, kept)
  await readsOverMonths(office, page)
})
