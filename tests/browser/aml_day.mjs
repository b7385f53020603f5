// A day of the reviewer of anti-money-laundering matters; an officer is at work at the same time and sees none of it.
// Run by aml_day_test.py against a real collector and a real agent.
import assert from 'node:assert/strict'
import { Workplace, listen } from './workplace.mjs'

const told = listen()
const { people, hidden } = told
const due = new Date(Date.now() + 50 * 86_400_000).toISOString().slice(0, 10)
const dueShown = `${due.split('-').map(Number).join('/')} 18:00:00`
const unknown = '0'.repeat(hidden.length)

/** The severities above the list, added up. */
async function tiles(page) {
  await page.locator('.tile strong').first().waitFor()
  return (await page.locator('.tile strong').allInnerTexts()).reduce((sum, text) => sum + Number(text), 0)
}

async function findsTheMatter(office, page) {
  await page.getByRole('heading', { name: '事件' }).waitFor()
  await page.getByText('共 1 条').waitFor()
  assert.equal(await tiles(page), 1, 'the reviewer of these matters sees these alone')
  await office.shot(page, 'aml-incidents')
  await office.choose(page, '条线', '反洗钱')
  await page.waitForURL(/domain=aml/)
  await page.getByText('共 1 条').waitFor()
  await page.locator('.el-table__row a').first().click()
  await page.getByRole('heading', { name: '为何如此处置' }).waitFor()
  const text = await page.locator('main').innerText()
  for (const part of ['可疑交易报告', 'K30', 'store-str']) assert.ok(text.includes(part), `${part} is told`)
  await page.getByText('尚未立案').waitFor()
  await office.shot(page, 'aml-story')
}

async function opensTheCase(office, page) {
  await page.getByRole('button', { name: '立案' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('备注').fill('报告存放在普通文件夹，先查明由谁存放。')
  await dialog.getByRole('button', { name: '立案' }).click()
  await page.locator('.case-panel').getByText('反洗钱保密').waitFor()
  await page.getByRole('button', { name: '开始调查' }).click()
  await page.locator('.case-panel').getByText('调查中').waitFor()
  await page.getByRole('button', { name: '变更期限' }).click()
  const moving = page.getByRole('dialog', { name: '变更期限' })
  await moving.locator('.el-date-editor input').fill(`${due} 18:00:00`)
  await page.keyboard.press('Enter')
  await moving.getByLabel('说明').fill('等待支行书面说明')
  await office.shot(page, 'aml-due', false)
  await moving.getByRole('button', { name: '确定' }).click()
  await page.locator('.case-panel').getByText(dueShown).waitFor()
  const link = page.locator('.case-panel .link')
  const id = await link.innerText()
  await link.click()
  await page.getByRole('heading', { name: '案件经过' }).waitFor()
  await office.shot(page, 'aml-case')
  return id
}

/** Two doors that must look alike: that of a hidden thing and that of nothing. */
async function sameAsNothing(office, page, id, nothing, path, body) {
  const at = async (one) => {
    const { status, body: said } = await office.ask(page, path.replace('ID', one), body && JSON.parse(JSON.stringify(body).replace('ID', one)))
    return { status, said: said.replaceAll(one, 'ID') }
  }
  const [one, other] = [await at(id), await at(nothing)]
  assert.equal(one.status, 404, `${path} of ${id} is not there for the officer`)
  assert.deepEqual(one, other, `${path} of ${id} is refused as that of nothing is`)
}

async function noticesNothing(office, page, caseId) {
  await page.getByText('共 2 条').waitFor()
  assert.equal(await tiles(page), 2, 'the counts are of what the officer sees')
  await office.shot(page, 'aml-officer-list')
  for (const filter of ['domain=aml', 'text=%E5%8F%AF%E7%96%91', 'case=investigating', 'severity=S2']) {
    await office.go(page, `/incidents?${filter}`)
    await page.getByText('共 0 条').waitFor()
    await page.getByText('没有符合条件的事件').waitFor()
  }
  await office.go(page, `/incidents/${hidden}`)
  await page.getByRole('alert').getByText('没有').waitFor()
  await office.shot(page, 'aml-officer-refused')
  await sameAsNothing(office, page, hidden, unknown, '/incidents/ID')
  await sameAsNothing(office, page, hidden, unknown, '/incidents/ID/case')
  await sameAsNothing(office, page, hidden, unknown, '/incidents/ID/reveals', { reason: '核实名单来源' })
  await sameAsNothing(office, page, hidden, unknown, '/cases', { incidents: ['ID'], title: '名单' })
  await sameAsNothing(office, page, hidden, unknown, '/orders', { kind: 'release', incident: 'ID', reason: '误报，业务需要', days: 1 })
  await office.go(page, '/cases')
  await page.getByText('共 0 件').waitFor()
  await office.go(page, `/cases/${caseId}`)
  await page.getByRole('alert').getByText('没有').waitFor()
  await sameAsNothing(office, page, caseId, 'R-000777', '/cases/ID')
  await sameAsNothing(office, page, caseId, 'R-000777', '/cases/ID/notes', { text: '备注' })
  assert.ok(!(await page.locator('body').innerText()).includes(told.who), 'no name of the customer')

  // The officer's own case is the first of the bank as far as the officer can tell.
  await office.go(page, '/incidents')
  await page.locator('.el-table__row a').first().click()
  await page.getByRole('button', { name: '立案' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '立案' }).click()
  await page.getByRole('link', { name: 'C-000001' }).waitFor()

  for (const path of ['/terminals', '/terminals/T-000001']) {
    await office.go(page, path)
    await page.locator('main .card').first().waitFor()
    await page.getByText('East').first().waitFor()
    assert.ok(!/可疑交易|反洗钱|D71/.test(await page.locator('main').innerText()), `${path} gives nothing away`)
  }
}

async function closesTheCase(office, page, caseId) {
  await page.getByLabel('备注').fill('已与支行反洗钱岗核实，文件移回专用文件夹。')
  await page.getByRole('button', { name: '添加备注' }).click()
  await page.locator('.history').getByText('已与支行反洗钱岗核实').waitFor()
  await page.getByRole('button', { name: '结案' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('允许的业务').click()
  await dialog.getByLabel('说明').fill('反洗钱岗本人整理材料，已提醒存放位置。')
  await dialog.getByRole('button', { name: '确定' }).click()
  await page.locator('.side').getByText('已结案', { exact: true }).waitFor()
  await page.getByRole('link', { name: '案件', exact: true }).click()
  await page.getByRole('link', { name: caseId }).waitFor()
  await page.getByText('共 1 件').waitFor()
  assert.ok((await page.locator('.el-table__row').innerText()).includes('允许的业务'), 'the verdict is in the list')
  await office.shot(page, 'aml-cases')
}

await new Workplace(told).spend(async (office) => {
  const reviewer = await office.enter(people.reviewer)
  const officer = await office.enter(people.officer, '401|404')
  await findsTheMatter(office, reviewer)
  const caseId = await opensTheCase(office, reviewer)
  await noticesNothing(office, officer, caseId)
  await closesTheCase(office, reviewer, caseId)
})
