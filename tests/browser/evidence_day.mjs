// The officer's and the second reviewer's day in two browsers. Run by evidence_day_test.py.
// usage: node evidence_day.mjs ADDRESS SCREENSHOTS ONE_TIME_OF_OFFICER ONE_TIME_OF_REVIEWER
// Says "keys made" once both have registered theirs, and goes on when a line with the value to be read comes in.
import assert from 'node:assert/strict'
import { createInterface } from 'node:readline'
import { Workplace } from './workplace.mjs'

const [address, screenshots, ...oneTimes] = process.argv.slice(2)
const passwords = { 'li.wei': 'First-key-of-2026!', 'wang.fang': 'Second-key-of-2026!' }
const passphrases = { 'li.wei': '柳絮飘飞的四月天里我们去看海', 'wang.fang': 'correct horse battery staple' }

const office = new Workplace({ address, screenshots })
const shot = (page, name) => office.shot(page, name)

/** Signs in for the first time: password, authenticator, evidence key. Refusals that this day provokes are no complaints. */
async function arrive(name, oneTime) {
  const page = await office.enterFirst({ name, oneTime, password: passwords[name] }, '4..')
  await page.getByRole('heading', { name: '事件' }).waitFor()
  await makeKey(page, name)
  return page
}

async function makeKey(page, name) {
  await page.getByRole('link', { name: '证据复核' }).click()
  await page.getByText('您还没有取证密钥').waitFor()
  await page.getByRole('link', { name: '生成密钥' }).click()
  await page.locator('input[name=passphrase]').fill('too short')
  await page.getByText('口令至少 12 个字符', { exact: true }).waitFor()
  await page.locator('input[name=passphrase]').fill(passphrases[name])
  await page.locator('input[name=again]').fill(passphrases[name])
  await page.getByRole('button', { name: '生成并登记' }).click()
  await page.getByText('密钥已登记').waitFor()
  await page.getByLabel('验证口令').fill('not the passphrase')
  await page.getByRole('button', { name: '验证口令' }).click()
  await page.getByText('口令不正确').waitFor()
  await page.getByLabel('验证口令').fill(passphrases[name])
  await page.getByRole('button', { name: '验证口令' }).click()
  await page.getByText('口令正确').waitFor()
  if (name === 'li.wei') await shot(page, 'evidence-key')
}

async function openCase(officer) {
  await officer.getByRole('link', { name: '事件', exact: true }).click()
  await officer.getByPlaceholder('路径、去向、程序、人员').fill('客户名单')
  await officer.keyboard.press('Enter')
  await officer.getByText('共 1 条').waitFor()
  await officer.locator('.el-table__row a').first().click()
  await officer.getByRole('heading', { name: '密封证据' }).waitFor()
  await officer.getByText('尚未立案').waitFor()
  await shot(officer, 'story-before-case')
  await officer.getByRole('button', { name: '立案' }).click()
  await officer.getByRole('dialog').getByLabel('备注').fill('网点反映有人导出名单，先核实来源。')
  await officer.getByRole('dialog').getByRole('button', { name: '立案' }).click()
  await officer.getByRole('link', { name: 'C-000001' }).waitFor()
  await officer.getByRole('button', { name: '开始调查' }).click()
  await officer.locator('.case-panel').getByText('调查中').waitFor()
}

async function ask(officer) {
  await officer.getByLabel('查看原因').fill('核实名单是否来自核心系统')
  await officer.getByRole('button', { name: '申请查看' }).click()
  await officer.getByText('等待第二复核人处理').waitFor()
  await shot(officer, 'story-asked')
}

async function review(reviewer) {
  await reviewer.getByRole('link', { name: '证据复核' }).click()
  await reviewer.getByText('核实名单是否来自核心系统').waitFor()
  await shot(reviewer, 'reveals')
  await reviewer.getByRole('button', { name: '复核', exact: true }).click()
  const dialog = reviewer.getByRole('dialog')
  await dialog.getByLabel('密钥口令').fill('wrong horse battery staple')
  await dialog.getByRole('button', { name: '同意并转交' }).click()
  await dialog.getByText('口令不正确').waitFor()
  await shot(reviewer, 'reveal-review')
  await dialog.getByLabel('密钥口令').fill(passphrases['wang.fang'])
  await dialog.getByRole('button', { name: '同意并转交' }).click()
  await reviewer.getByText('已转交给 li.wei').waitFor()
}

async function read(officer, value) {
  await officer.reload()
  await officer.getByText('wang.fang 已转交').waitFor()
  assert.ok(!(await officer.locator('body').innerText()).includes(value), 'no value before it is opened')
  await officer.getByLabel('密钥口令').fill('柳絮飘飞的四月天里我们去看山')
  await officer.getByRole('button', { name: '打开证据' }).click()
  await officer.getByText('口令不正确').waitFor()
  await officer.getByLabel('密钥口令').fill(passphrases['li.wei'])
  await officer.getByRole('button', { name: '打开证据' }).click()
  const dialog = officer.getByRole('dialog')
  await dialog.getByText('以下为客户原始信息').waitFor()
  await dialog.getByText(value, { exact: true }).first().waitFor()
  await officer.screenshot({ path: `${screenshots}/evidence-opened.png`, animations: 'disabled' })
  await dialog.getByRole('button', { name: '关闭并清除' }).click()
  await dialog.waitFor({ state: 'hidden' })
  assert.ok(!(await officer.locator('body').innerHTML()).includes(value), 'no value after it is closed')
  await shot(officer, 'story-after')
}

async function closeCase(officer) {
  await officer.getByRole('link', { name: 'C-000001' }).click()
  await officer.getByRole('heading', { name: '案件经过' }).waitFor()
  const history = await officer.locator('.history').innerText()
  for (const line of ['立案', '申请查看证据', '复核人同意查看证据', '已取得证据']) assert.ok(history.includes(line), `${line} is in the history`)
  await shot(officer, 'case')
  await officer.getByRole('button', { name: '结案' }).click()
  const dialog = officer.getByRole('dialog')
  assert.ok(await dialog.getByRole('button', { name: '确定' }).isDisabled(), 'no closing without a verdict')
  await dialog.getByText('允许的业务').click()
  await dialog.getByLabel('说明').fill('柜员经批准导出，已提醒删除。')
  await dialog.getByRole('button', { name: '确定' }).click()
  await officer.locator('.side').getByText('已结案', { exact: true }).waitFor()
  await officer.getByRole('link', { name: '案件', exact: true }).click()
  await officer.locator('.el-table__row').first().waitFor()
  await shot(officer, 'cases')
  await officer.getByRole('link', { name: '事件', exact: true }).click()
  await officer.getByRole('link', { name: '已结案' }).waitFor()
  await shot(officer, 'incidents-with-cases')
}

try {
  await office.spend(async () => {
    const officer = await arrive('li.wei', oneTimes[0])
    const reviewer = await arrive('wang.fang', oneTimes[1])
    console.log('keys made')
    const value = await new Promise((line) => createInterface({ input: process.stdin }).once('line', line))
    await openCase(officer)
    await ask(officer)
    await review(reviewer)
    await read(officer, value)
    await closeCase(officer)
  })
} finally {
  process.stdin.destroy()
}
