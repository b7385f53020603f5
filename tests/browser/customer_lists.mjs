// Compliance imports a list of customers in the console: one with faults, one hostile by name, one that is well;
// then an officer reads an incident that names what was gathered beyond its purpose.
// Run by customer_lists_test.py against a real collector and a real agent.
import assert from 'node:assert/strict'
import { Workplace, listen } from './workplace.mjs'

const told = listen()
const { address, incident, files, cookies } = told

await new Workplace(told).spend(async (office) => {
  const shot = (page, name) => office.shot(page, name)
  const compliance = await office.sitAs(cookies.compliance, '40[01]|422')
  await compliance.goto(`https://${address}/customer-lists`)
  await compliance.getByText('名单为空').waitFor()
  const choose = (file) => compliance.locator('#table').setInputFiles(file)
  const submit = () => compliance.getByRole('button', { name: '导入', exact: true }).click()

  await choose(files.wrong)
  await submit()
  await compliance.getByText('没有导入任何记录').waitFor()
  await compliance.getByText('不是有效的 18 位身份证件号码').first().waitFor()
  await shot(compliance, 'customer-list-faults')

  await choose(files.good)
  await submit()
  await compliance.getByText(/已导入 2 行，随策略第 \d+ 号下发/).waitFor()
  await compliance.getByText('<img src=x').waitFor() // the file's name, as text
  assert.equal(await compliance.locator('main img').count(), 0, 'a file name became an image')
  await compliance.getByText('贷款审批').waitFor()
  await shot(compliance, 'customer-list')

  await choose(files.good)
  await compliance.getByText('替换整个名单').click()
  await submit()
  await compliance.getByRole('button', { name: '替换' }).click()
  await compliance.getByText(/已导入 2 行/).waitFor()
  await compliance.getByText('禁止销毁').click()
  await compliance.getByText('名单为空').waitFor()

  const officer = await office.sitAs(cookies.officer)
  await officer.goto(`https://${address}/incidents?teller=000123`)
  await officer.getByText('共 1 条').waitFor()
  await officer.goto(`https://${address}/incidents/${incident}`)
  await officer.getByText('多余收集').waitFor()
  await officer.getByText('柜员 000123，机构 44010001，终端 T07').waitFor()
  await shot(officer, 'incident-surplus')
})
