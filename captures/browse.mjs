// A browser's visit, recorded by Playwright as a HAR: node browse.mjs HAR URL...
// The first URL is opened as a page; the others are asked for by a script in it, METHOD:URL where it is not GET.
import { createRequire } from 'node:module'
const { chromium } = createRequire(process.cwd() + '/')('playwright-core')

const [har, page_url, ...asked] = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-background-networking'],
})
const context = await browser.newContext({ recordHar: { path: har, content: 'embed' } })
const page = await context.newPage()
await page.goto(page_url)
await page.evaluate(async asked => {
  for (const item of asked) {
    const [, method, url] = item.match(/^(?:([A-Z]+):)?(.*)$/)
    const options = { method: method || 'GET' }
    if (method === 'POST' || method === 'PUT') {
      options.body = 'a=1'
      options.headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    }
    await fetch(url, options).then(response => response.text()).catch(() => {})
  }
}, asked)
await page.reload()
await context.close()
await browser.close()
