// What the days of compliance share: months, tables, and a month as a whole.
import assert from 'node:assert/strict'

/** "2026-10", by the bank's clock. */
export const month = (ago) => {
  const now = new Date(Date.now() + 8 * 3600 * 1000)
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago)).toISOString().slice(0, 7)
}

export async function pickMonth(page, wanted) {
  await page.locator('.period input').click()
  const panel = page.locator('.el-month-table:visible')
  await panel.waitFor()
  if (wanted.slice(0, 4) !== month(0).slice(0, 4)) await page.getByRole('button', { name: '前一年' }).click()
  await panel.locator('td').nth(Number(wanted.slice(5)) - 1).click()
  await panel.waitFor({ state: 'hidden' })
  assert.equal(await page.locator('.period input').inputValue(), wanted)
}

export async function importTable(page, button, file) {
  await page.getByRole('button', { name: button }).click()
  const dialog = page.getByRole('dialog', { name: button })
  await dialog.locator('input[type=file]').setInputFiles(file)
  await dialog.getByRole('button', { name: '导入', exact: true }).click()
  return dialog
}

/** Everything a month's ranking and a branch's score say. */
export async function wholeMonth(office, page, past) {
  return {
    ranking: (await office.ask(page, `/scores?period=${past}`)).body,
    score: (await office.ask(page, `/scores/0101?period=${past}`)).body,
    monitoring: (await office.ask(page, `/monitoring?period=${past}`)).body,
    bulletin: (await office.ask(page, `/bulletins/${past}`)).body,
  }
}
