// Somebody at a guarded terminal uploads files by a page's form: a list of customers, and one that holds none.
// Run by refused_upload_test.py. Certificates are checked: what the browser meets is vouched for by the terminal.
import assert from 'node:assert/strict'
import { Workplace, listen } from './workplace.mjs'

const told = listen()

await new Workplace(told).spend(async (desk) => {
  const page = await desk.sit('403')
  const upload = async (file) => {
    await page.goto(desk.home)
    await page.locator('input[type=file]').setInputFiles(file)
    const answered = page.waitForResponse(`${desk.home}/form`)
    await page.getByRole('button', { name: '上传' }).click()
    return (await answered).status()
  }

  assert.equal(await upload(told.files.list), 403)
  await page.getByText('客户信息外发').waitFor()
  await page.getByText('customer data sent out').waitFor()
  await desk.shot(page, 'upload-refused')

  assert.equal(await upload(told.files.notice), 200)
  await page.getByText('received').waitFor()
})
