// SPDX-License-Identifier: Apache-2.0
// node pages.mjs FOLDER: opens every page of a folder that site_render_cli wrote in Chromium, at five widths:
// nothing reaches beyond the screen, axe finds nothing, the console stays silent, no request leaves, the policy holds,
// and all of it works without scripts. With SCREENSHOTS=DIR it also takes pictures.
import { readFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { serve } from './page_server.mjs';

const require = createRequire(join(process.env.STUDIO_SOURCE_DIR ?? process.cwd(), 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const widths = [320, 390, 768, 1440, 1920];
const pictures = process.env.SCREENSHOTS;
const only = process.env.PAGES ? new RegExp(process.env.PAGES) : /./;

const failures = [];
const fail = (page, message) => failures.push(`${page}: ${message}`);

// Elements beyond the right edge that are not inside a scrolling list.
function overflowing() {
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.right <= innerWidth + 1 || element.closest('.reel, .strip, .photos, .visually-hidden, .hero picture, pre')) continue;
    found.push(`${element.tagName}.${element.className} ${Math.round(box.right)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push(`document ${document.documentElement.scrollWidth}`);
  return found.slice(0, 5);
}

// The same after the name in the hero became a very long one; the name is put back.
function overflowingWithLongName() {
  const heading = document.querySelector('.hero h1');
  if (!heading) return [];
  const { textContent: name, className } = heading;
  heading.textContent = 'Wilhelmina Alexandra Konstantinopolitanska-Featherstonehaugh of Upper Wollongong';
  heading.className = 'very-long';
  const range = document.createRange();
  range.selectNodeContents(heading);
  const right = Math.max(range.getBoundingClientRect().right, heading.parentElement.getBoundingClientRect().right);
  heading.textContent = name;
  heading.className = className;
  return right > innerWidth + 1 ? [`a long name ${Math.round(right)}`] : [];
}

function idsThatStandTwice() {
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}

async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return result.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].target} ${v.nodes[0].failureSummary.replaceAll('\n', ' ')}`);
}

async function open(context, origin, name) {
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && fail(name, `console: ${message.text()}`));
  page.on('pageerror', (error) => fail(name, `script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) fail(name, `request to ${request.url()}`);
  });
  await page.goto(`${origin}/page/${name}`, { waitUntil: 'load' });
  return page;
}

async function checkWidths(browser, origin, name) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await context.addInitScript(() => { sessionStorage.setItem('adult', 'yes'); localStorage.setItem('consent', 'declined'); });
  const page = await open(context, origin, name);
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
    const found = [...await page.evaluate(overflowing), ...await page.evaluate(overflowingWithLongName)];
    if (found.length) fail(name, `at ${width} px beyond the screen: ${found.join(', ')}`);
    for (const id of await page.evaluate(idsThatStandTwice)) fail(name, `the id "${id}" stands twice`);
    if (width === 390 || width === 1440) for (const v of await violations(page)) fail(name, `axe at ${width} px: ${v}`);
    if (pictures && width !== 320) {
      mkdirSync(pictures, { recursive: true });
      await page.evaluate(async () => {
        document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; });
        await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
        await document.fonts.ready;
      });
      await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: process.env.FOLD ? false : true });
    }
  }
  await context.close();
}

// First visit: the 18+ question is asked and answered, the cookie bar shows and goes, and both stay gone.
async function checkNotices(browser, origin, name) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  const page = await open(context, origin, name);
  await page.waitForSelector('body[data-asked]'); // after the first paint
  if (!await page.isVisible('#gate')) fail(name, 'the 18+ question is not asked');
  if (await page.isVisible('#cookies')) fail(name, 'the cookie bar is shown before the 18+ question was answered');
  for (const v of await violations(page)) fail(name, `axe with the question: ${v}`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  // A browser may close the dialog anyway; the question is then asked again at once.
  await page.waitForSelector('#gate[open]', { timeout: 5000 }).catch(() => fail(name, 'Escape answers the 18+ question'));
  await page.click('[data-gate=yes]');
  if (!await page.isVisible('#cookies')) fail(name, 'the cookie bar is not shown');
  for (const v of await violations(page)) fail(name, `axe with the cookie bar: ${v}`);
  await page.click('[data-consent=declined]');
  await page.reload();
  await page.waitForSelector('body[data-asked]');
  if (await page.isVisible('#gate') || await page.isVisible('#cookies')) fail(name, 'an answer was not remembered');
  const photo = page.locator('a[data-photo]').first();
  if (await photo.count()) {
    await photo.click();
    if (!await page.isVisible('#lightbox')) fail(name, 'a photo does not open larger');
    await page.keyboard.press('Escape');
    if (await page.isVisible('#lightbox')) fail(name, 'Escape does not close the photo');
  }
  await context.close();
}

// The button on the photo stands out by 3:1 or more from the lightest pixel that the scrim leaves behind it, the text by 4.5:1.
// `brightest`: the relative luminance that the photo has there, 1 where it is not known.
function contrastOnPhoto(brightest) {
  const colour = (text) => text.match(/[\d.]+/g).map(Number);
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const text = document.querySelector('.over .hero-text');
  if (!text) return {};
  const [r, g, b, alpha = 1] = colour(getComputedStyle(text, '::before').backgroundColor);
  const grey = 255 * (brightest <= 0.0031308 ? 12.92 * brightest : 1.055 * brightest ** (1 / 2.4) - 0.055);
  const behind = luminance([r, g, b].map((part) => part * alpha + grey * (1 - alpha)));
  const button = getComputedStyle(text.querySelector('.btn'));
  return { text: ratio(luminance(colour(getComputedStyle(text).color)), behind), button: ratio(luminance(colour(button.backgroundColor)), behind),
    label: ratio(luminance(colour(button.color)), luminance(colour(button.backgroundColor))) };
}

// The booking bar of phones appears when the hero's button has left the screen, and does not cover the footer's last line.
async function checkBar(browser, origin, name) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  await context.addInitScript(() => { sessionStorage.setItem('adult', 'yes'); localStorage.setItem('consent', 'declined'); });
  const page = await open(context, origin, name);
  const { text, button, label } = await page.evaluate(contrastOnPhoto, name.startsWith('rich') ? 0.5 : 1); // as in fixture.cpp
  if (text < 4.5 || button < 3 || label < 4.5) fail(name, `contrast on the photo: text ${text}, button ${button}, its label ${label}`);
  if (await page.isVisible('.sticky')) fail(name, 'the booking bar is shown beside the button in the hero');
  // Not to the end, because the bar is hidden while the booking form is in sight.
  await page.evaluate(() => window.scrollTo(0, document.querySelector('.hero').getBoundingClientRect().bottom + 40));
  await page.waitForSelector('.sticky .btn', { state: 'visible', timeout: 5000 }).catch(() => fail(name, 'the booking bar does not come'));
  const [bar, last] = await page.evaluate(() => {
    window.scrollTo(0, document.body.scrollHeight);
    return [document.querySelector('.sticky .btn').getBoundingClientRect().top, document.querySelector('.foot').lastElementChild.getBoundingClientRect().bottom];
  });
  if (bar && last > bar) fail(name, `the booking bar covers the footer: ${last} below ${bar}`);
  await context.close();
}

// Chromium takes the AVIF; each photo of the gallery has its size and waits until it comes near.
async function checkFormats(browser, origin, name) {
  const context = await browser.newContext();
  await context.addInitScript(() => { sessionStorage.setItem('adult', 'yes'); localStorage.setItem('consent', 'declined'); });
  const page = await open(context, origin, name);
  await page.locator('.hero-photo').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector('.hero-photo').currentSrc);
  const seen = await page.evaluate(() => {
    const sized = (image) => image.getAttribute('width') && image.getAttribute('height');
    return { source: document.querySelector('.hero-photo').currentSrc, sized: [...document.querySelectorAll('.site img')].every(sized),
      lazy: [...document.querySelectorAll('.photos img')].every((image) => image.loading === 'lazy') };
  });
  if (!seen.source.endsWith('.avif')) fail(name, `Chromium takes ${seen.source} and not AVIF`);
  if (!seen.sized) fail(name, 'a photo without width and height');
  if (!seen.lazy) fail(name, 'a photo of the gallery that is not lazy');
  await context.close();
}

async function checkPolicy(browser, origin, name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/page/${name}`);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    document.body.setAttribute('style', 'opacity: .5');
    return { script: window.ran === true, style: getComputedStyle(document.body).opacity !== '1',
             sheet: getComputedStyle(document.body).marginTop === '0px' };
  });
  if (ran.script || ran.style) fail(name, 'the policy lets inline code run');
  if (!ran.sheet) fail(name, 'the policy blocks the page\'s own style sheet');
  await context.close();
}

async function checkWithoutScripts(browser, origin, name) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await open(context, origin, name);
  if (!await page.isVisible('h1')) fail(name, 'without scripts: no heading');
  for (const covering of ['#gate', '#cookies', '#lightbox'])
    if (await page.locator(covering).count() && await page.isVisible(covering)) fail(name, `without scripts: ${covering} covers the page`);
  if (await page.locator('#gate').count() && !await page.isVisible('.gate-note')) fail(name, 'without scripts: no word about 18+');
  if (await page.isVisible('.menu summary')) {
    await page.click('.menu summary');
    if (!await page.isVisible('.menu nav a')) fail(name, 'without scripts: the menu does not open');
  }
  if (await page.locator('.cities input').count() > 1) {
    const before = await page.locator('.card:visible').count();
    await page.locator('.cities input').nth(1).check();
    const after = await page.locator('.card:visible').count();
    if (!after || after >= before) fail(name, `without scripts: the city filter leaves ${after} of ${before}`);
  }
  await context.close();
}

async function checkHostile(browser, origin, name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('dialog', (dialog) => { fail(name, `a dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.route((url) => !url.href.startsWith(origin), (route) => route.abort());
  await page.goto(`${origin}/page/${name}`);
  // A picture that fails after all of the page's own.
  await page.evaluate(() => new Promise((resolve) => { const late = new Image(); late.onerror = resolve; late.src = 'https://elsewhere.example/late.png'; }));
  const seen = await page.evaluate(() => {
    const attributes = new Set();
    const elements = new Set();
    const schemes = new Set();
    for (const element of document.querySelectorAll('*')) {
      elements.add(element.localName);
      for (const attribute of element.attributes) {
        attributes.add(attribute.name);
        if (['href', 'src', 'action'].includes(attribute.name)) schemes.add(new URL(attribute.value, location).protocol);
      }
    }
    let data = null;
    try { data = JSON.parse(document.querySelector('script[type="application/ld+json"]')?.textContent ?? '{}'); } catch { /* null */ }
    return { hit: window.hit, attributes: [...attributes], elements: [...elements], schemes: [...schemes], data: data !== null,
             scripts: document.scripts.length, styles: document.querySelectorAll('style').length };
  });
  const strange = seen.attributes.filter((a) => a.startsWith('on') || ['style', 'srcdoc', 'formaction', 'data-hostile'].includes(a));
  const foreign = seen.elements.filter((e) => ['iframe', 'object', 'embed', 'base', 'svg', 'math', 'marquee', 'applet'].includes(e));
  const schemes = seen.schemes.filter((s) => !['http:', 'https:', 'mailto:', 'tel:'].includes(s));
  if (seen.hit) fail(name, 'a script from the documents ran');
  if (strange.length) fail(name, `new attributes: ${strange}`);
  if (foreign.length) fail(name, `new elements: ${foreign}`);
  if (schemes.length) fail(name, `links to ${schemes}`);
  if (!seen.data) fail(name, 'JSON-LD does not parse');
  if (seen.scripts > 4 || seen.styles !== 1) fail(name, `${seen.scripts} scripts, ${seen.styles} style sheets`);
  await context.close();
}

async function check(browser, origin, name) {
  if (name.startsWith('hostile')) return checkHostile(browser, origin, name);
  await checkWidths(browser, origin, name);
  if (pictures) return undefined;
  await checkWithoutScripts(browser, origin, name);
  if (/^(rich|landing$)/.test(name)) await checkPolicy(browser, origin, name);
  if (name.startsWith('rich')) {
    await checkNotices(browser, origin, name);
    await checkBar(browser, origin, name);
    await checkFormats(browser, origin, name);
  }
  return undefined;
}

const told = { 'POST /api/events': { body: { accepted: 1 } }, 'POST /api/consent': { body: { decision: 'declined' } },
  'GET /privacy/held': { body: { cookie: false } }, 'GET /api/times': { body: { zone: 'Australia/Sydney', times: [] } } };
const { pages, origin, close } = await serve(process.argv[2], (request, path) => told[`${request.method} ${path}`]);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  const waiting = pages.map((page) => page.name).filter((name) => only.test(name));
  const worker = async () => {
    while (waiting.length) await check(browser, origin, waiting.shift());
  };
  await Promise.all([worker(), worker()]);
} finally {
  await browser.close();
  close();
}
for (const failure of failures) console.error(failure);
console.log(`${pages.length} pages, ${failures.length} problems`);
process.exit(failures.length ? 1 : 0);
