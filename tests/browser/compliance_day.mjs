// A working day of compliance. Run by compliance_day_test.py against a real collector and a real agent.
import assert from 'node:assert/strict'
import { importTable, month, pickMonth, wholeMonth } from './compliance_steps.mjs'
import { Workplace, listen } from './workplace.mjs'

const told = listen()
const { files } = told

/** The faults a dialog shows, each as "line column text". */
const faults = async (dialog) =>
  (await dialog.locator('.el-table__body tr').allInnerTexts()).map((text) => text.split(/\s*[\t\n]\s*/).join(' '))

async function bringsTables(office, page) {
  await page.getByText('没有机构，请先导入机构树').waitFor()
  await page.getByRole('link', { name: '机构', exact: true }).click()
  await page.getByText('尚未导入机构树').waitFor()
  await page.getByText('台终端的网点不在机构树中').waitFor()
  assert.ok(await page.getByRole('button', { name: '导入员工名单' }).isDisabled(), 'no staff before there are branches')

  let dialog = await importTable(page, '导入机构树', files.wrong_tree)
  await dialog.getByText('未导入任何内容').waitFor()
  const wrong = await faults(dialog)
  assert.ok(wrong.some((line) => /^4 1 与第 3 行重复/.test(line)), `a code twice: ${wrong}`)
  assert.ok(wrong.some((line) => /^4 3 没有这个上级机构/.test(line)), `no such parent: ${wrong}`)
  await office.shot(page, 'compliance-tree-faults', false)
  await dialog.getByRole('button', { name: '取消' }).click()
  await page.reload()
  await page.getByText('尚未导入机构树').waitFor()

  dialog = await importTable(page, '导入机构树', files.tree)
  await dialog.getByText('已导入 4 行').waitFor()
  await dialog.getByRole('button', { name: '关闭', exact: true }).click()
  await page.getByText('城东支行').first().waitFor()

  dialog = await importTable(page, '导入员工名单', files.wrong_staff)
  await dialog.getByText('未导入任何内容').waitFor()
  const wrongStaff = await faults(dialog)
  assert.ok(wrongStaff.some((line) => line.startsWith('6 7 日期应如')), `a day in words: ${wrongStaff}`)
  assert.ok(wrongStaff.some((line) => line.startsWith('7 1 与第 5 行重复')), `a number twice: ${wrongStaff}`)
  assert.ok(wrongStaff.some((line) => line.startsWith('7 3 ')), `no such branch: ${wrongStaff}`)
  await office.shot(page, 'compliance-staff-faults', false)
  await dialog.getByRole('button', { name: '取消' }).click()
  await page.getByText('共 0 人').waitFor()

  dialog = await importTable(page, '导入员工名单', files.staff)
  await dialog.getByText('已导入 6 行').waitFor()
  await dialog.getByRole('button', { name: '关闭', exact: true }).click()
  await page.getByText('共 6 人').waitFor()
  await page.locator('.el-table__row').filter({ hasText: '城东支行' }).first().click()
  await page.getByText('共 3 人').waitFor()
  assert.equal(await page.getByText('台终端的网点不在机构树中').count(), 0, 'each terminal has its branch now')
  await office.shot(page, 'compliance-branches')
}

/** Opens what a figure of a branch was counted from. */
async function drill(page, branch, figure) {
  const at = (await page.locator('thead th').allInnerTexts()).findIndex((text) => text.includes(figure))
  await page.locator('.el-table__row').filter({ hasText: branch }).locator('td').nth(at).locator('button').click()
  const drawer = page.getByRole('dialog', { name: '计入明细' })
  await drawer.locator('.el-table__row').first().waitFor()
  return drawer
}

async function readsFigures(office, page) {
  await page.getByRole('link', { name: '监控', exact: true }).click()
  await page.locator('.el-table__row').filter({ hasText: '城东支行' }).waitFor()
  await page.locator('.chart canvas').first().waitFor()
  await office.shot(page, 'compliance-monitoring')

  let drawer = await drill(page, '城西支行', '在线终端')
  assert.match(await drawer.innerText(), /0\.00%[^]*0 \/ 1[^]*T-000001[^]*否/, 'the terminal that was never heard of')
  await office.shot(page, 'compliance-drill', false)
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'hidden' })

  drawer = await drill(page, '城东支行', '在线终端')
  assert.match(await drawer.innerText(), /100\.00%[^]*1 \/ 1[^]*T-000002[^]*是/)
  await drawer.getByRole('link', { name: 'T-000002' }).click()
  await page.getByRole('heading', { name: '概况' }).waitFor()
  assert.match(page.url(), /terminals\/T-000002$/, 'evidence opens')
  await page.goBack()

  await page.locator('.el-table__row').filter({ hasText: '城东支行' }).waitFor()
  await page.locator('.el-radio-button').filter({ hasText: '信息科技' }).click()
  drawer = await drill(page, '城东支行', '确认泄露')
  assert.match(await drawer.innerText(), new RegExp(`${told.case}[^]*是`), 'the confirmed case is what was counted')
  await office.shot(page, 'compliance-drill-case', false)
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'hidden' })
}

async function readsScores(office, page) {
  await page.getByRole('link', { name: '考核', exact: true }).click()
  await page.locator('.el-table__row').filter({ hasText: '城东支行' }).waitFor()
  await page.locator('.chart canvas').waitFor()
  await office.shot(page, 'compliance-ranking')
  await page.locator('.el-table__row').filter({ hasText: '城东支行' }).click()
  await page.getByRole('heading', { name: '城东支行' }).waitFor()
  for (const domain of ['征信', '支付结算', '反洗钱', '信息科技']) await page.locator('.el-collapse-item__header').filter({ hasText: domain }).click()
  const points = page.locator('.el-collapse-item__content .line > button')
  await points.first().waitFor()
  for (const point of await points.all()) await point.click()
  await page.getByText('T-000002').first().waitFor()
  await page.locator('.line').filter({ hasText: '确认的二级事件' }).getByText(told.case).waitFor()
  await office.shot(page, 'compliance-score-tree')
}

async function closesTheMonth(office, page, past) {
  await page.getByRole('link', { name: '考核', exact: true }).click()
  await pickMonth(page, past)
  await page.getByRole('button', { name: '登记', exact: true }).click()
  const mark = page.getByRole('dialog', { name: '登记' })
  await mark.locator('.el-select').first().click()
  await page.getByRole('option', { name: '城东支行 0101' }).click()
  await mark.locator('.el-select').nth(1).click()
  await page.getByRole('option', { name: '迟报' }).click()
  await mark.locator('textarea').fill('十月泄露事件迟报两日')
  await mark.getByRole('button', { name: '保存' }).click()
  await page.locator('.el-table__row').filter({ hasText: '迟报' }).waitFor()
  await page.getByRole('button', { name: '月结' }).click()
  await page.locator('.el-message-box').getByRole('button', { name: '确定' }).click()
  await page.getByText(/chen\.jing 于 .* 月结/).waitFor()
  await office.shot(page, 'compliance-closed')
  const shown = await page.locator('main').innerText()
  const kept = await wholeMonth(office, page, past)

  // The bank goes on: another accountable person, and the same month is asked for again.
  await page.getByRole('link', { name: '机构', exact: true }).click()
  const dialog = await importTable(page, '导入机构树', files.renamed)
  await dialog.getByText('已导入 4 行').waitFor()
  await dialog.getByRole('button', { name: '关闭', exact: true }).click()
  await page.getByText('钱进').waitFor()
  assert.deepEqual(await wholeMonth(office, page, past), kept, 'a closed month is the same to the byte')
  await page.getByRole('link', { name: '考核', exact: true }).click()
  await page.getByText(/chen\.jing 于 .* 月结/).waitFor()
  await page.locator('.el-table__row').filter({ hasText: '迟报' }).waitFor()
  assert.equal(await page.locator('main').innerText(), shown, 'and on the page')
  assert.ok(!shown.includes('钱进') && shown.includes('刘洋'))
  await pickMonth(page, month(0))
  await page.getByText('钱进').waitFor()
}

async function readsTheBulletin(office, page) {
  await page.getByRole('button', { name: '全行通报' }).click()
  const frame = page.frameLocator('iframe')
  await frame.getByText('城东支行').first().waitFor()
  await office.shot(page, 'compliance-bulletin', false)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载' }).click()
  assert.match((await download).suggestedFilename(), new RegExp(`^huxin-bulletin-${month(0)}\\.html$`))
  for (const [name, path] of [['bank', ''], ['branch', '/0101']]) {
    await office.go(page, `/api/bulletins/${month(0)}${path}`)
    await office.shotPrint(page, `compliance-bulletin-${name}`)
  }
}

await new Workplace(told).spend(async (office) => {
  const page = await office.enter(told.person, '401|422')
  await bringsTables(office, page)
  await readsFigures(office, page)
  await readsScores(office, page)
  await closesTheMonth(office, page, month(1))
  await readsTheBulletin(office, page)
})
