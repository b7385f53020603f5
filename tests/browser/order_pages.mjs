// Two people's work on orders in the console: draft from an incident, approval by the other, the certificate.
// Run by order_pages_test.py against a real collector and a real agent.
// Reads on standard input, as JSON, where the console is, who the two are, and the sessions they have.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const { address, incident, screenshots, executor, supervisor, password, code, cookies } = JSON.parse(readFileSync(0, 'utf8'))

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
})
const complaints = []

async function arrive(cookie) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true, // the test bank's own root
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // The first look without a session, and a wrong password, are answered 401; that is no complaint.
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text())
  })
  await context.addCookies([{ name: 'huxin_session', value: cookie, url: `https://${address}`, httpOnly: true, secure: true, sameSite: 'Strict' }])
  return page
}
const shot = (page, name) => page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true, animations: 'disabled' })

try {
  const first = await arrive(cookies[0])
  await first.goto(`https://${address}/incidents/${incident}`)
  await first.getByRole('heading', { name: '处置指令' }).waitFor()
  await first.getByRole('button', { name: '解除隔离' }).waitFor()
  await shot(first, 'incident-orders')
  await first.getByRole('button', { name: '销毁', exact: true }).click()
  await first.getByText('本事件隔离的文件').waitFor()
  await first.getByPlaceholder('例如').fill('采集目的已达成，保存期满')
  await shot(first, 'order-draft')
  await first.getByRole('button', { name: '提交草稿' }).click()
  await first.getByText('您是经办人').waitFor()
  await shot(first, 'order-own')
  const address_of_order = first.url()

  const second = await arrive(cookies[1])
  await second.goto(`https://${address}/orders`)
  await second.getByText('须您批准').first().waitFor()
  await shot(second, 'orders')
  await second.goto(address_of_order)
  await second.getByPlaceholder('再次输入您的密码').fill('wrong')
  await second.getByRole('button', { name: '批准并签发' }).click()
  await second.getByRole('alert').getByText('密码或动态码不正确').waitFor()
  await shot(second, 'order-approve')
  await second.getByPlaceholder('再次输入您的密码').fill(password)
  if (code) await second.getByPlaceholder('动态码').fill(code)
  await second.getByRole('button', { name: '批准并签发' }).click()
  await second.getByText('证书核验通过：').waitFor({ timeout: 60_000 })
  await shot(second, 'order-done')
  await second.getByRole('link', { name: '查看与打印证书' }).click()
  await second.getByRole('heading', { name: '数据销毁证书' }).waitFor()
  await second.getByText(executor).first().waitFor()
  await second.getByText(supervisor).first().waitFor()
  await shot(second, 'certificate')
  await second.pdf({ path: `${screenshots}/certificate.pdf`, preferCSSPageSize: true })
  await second.emulateMedia({ media: 'print' })
  await shot(second, 'certificate-print')
  await second.emulateMedia({ media: null })
  await second.getByRole('button', { name: 'English' }).click()
  await second.getByRole('heading', { name: 'Certificate of Destruction' }).waitFor()
  await shot(second, 'certificate-en')
  await second.goto(`https://${address}/orders`)
  await second.getByText('verified').first().waitFor()
  await shot(second, 'orders-en')
  assert.deepEqual(complaints, [], 'the pages ran without an error')
} finally {
  await browser.close()
}
