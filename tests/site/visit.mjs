// SPDX-License-Identifier: Apache-2.0
// node visit.mjs FOLDER: the script of the public pages in Chromium, on pages that site_render_cli wrote, against a server
// that keeps what is posted: what is said and when, what happens when the network or the server fails, the notices and the form by keyboard.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { scrollTo, until as untilHolds } from '../support/until.mjs';
import { serve } from './page_server.mjs';

const require = createRequire(join(process.env.STUDIO_SOURCE_DIR ?? process.cwd(), 'package.json'));
const { chromium } = require('playwright-core');
const only = process.env.ONLY ? new RegExp(process.env.ONLY) : /./;
const layouts = ['elegant', 'modern', 'minimal'];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let answers = {};
let test = 0; // a page that was closed may still deliver what it had begun to send: that is of no later test
const posts = [];
const { origin, pictures, close } = await serve(process.argv[2], (request, path, body) => {
  if (request.headers['x-test'] && Number(request.headers['x-test']) !== test) return { status: 503 };
  const key = `${request.method} ${path}`;
  const post = { key, at: Date.now(), type: request.headers['content-type'], cookie: request.headers.cookie, text: body };
  try { post.body = JSON.parse(body); } catch { /* a form */ }
  posts.push(post);
  const answer = answers[key];
  return typeof answer === 'function' ? answer(post) : answer;
});
const eventPosts = () => posts.filter((post) => post.key === 'POST /api/events');
const taken = () => { // as the database keeps them: one for each id
  const seen = new Map();
  for (const post of eventPosts()) if (!post.refused) for (const event of post.body.events) seen.set(event.id, event);
  return [...seen.values()];
};
const types = () => taken().map((event) => event.type);
const until = (what, condition, patience) => untilHolds(what, condition, patience, () => `; had ${JSON.stringify(types())}`);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const answered = () => {
  if (!/^http/.test(location.protocol)) return;
  sessionStorage.setItem('adult', 'yes');
  localStorage.setItem('consent', 'declined');
};
// A page whose notices are answered unless `notices`; `open` navigates.
async function visit({ notices = false, before, path = '/page/tested-elegant', ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', extraHTTPHeaders: { 'x-test': String(test) }, ...options,
  });
  if (!notices) await context.addInitScript(answered);
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  page.on('pageerror', (error) => { page.trouble = error.message; });
  await page.goto(origin + path);
  if (options.javaScriptEnabled !== false) await page.waitForSelector('body[data-asked]'); // after the first paint
  return page;
}
// The form of the home page opens when it comes near.
async function toForm(page) {
  if (await page.locator('#booking').count()) await scrollTo(page, '#booking');
  await page.waitForSelector('#client_name');
}
const leave = async (page) => {
  assert.equal(page.trouble, undefined);
  await page.context().close();
};
const focused = (page) => page.evaluate(() => {
  const { activeElement: at } = document;
  return at.id || at.dataset.consent || at.dataset.gate || at.name || at.className || at.tagName;
});
// Every page keeps an event for as long as another one: when a page that was opened last has told its view, those before have told all.
async function untilALaterPageIsViewed() {
  const path = '/page/tested-minimal';
  const page = await visit({ path });
  await until('the view of a later page', () => taken().some((event) => event.type === 'page_view' && event.page === path));
  await leave(page);
}
const toldOf = (path) => eventPosts().flatMap(({ body }) => body.events).filter((event) => event.page === path);

const tests = {
  async 'a page view says where the visitor came from and nothing of the rest of the query'() {
    const page = await visit({ path: '/page/tested-elegant?utm_source=instagram&utm_campaign=spring&email=robin%40example.org#rates' });
    await until('page_view', () => types().includes('page_view'));
    const view = taken().find((event) => event.type === 'page_view');
    const { loadMs, ...data } = view.data;
    assert.deepEqual(data, { url: '/page/tested-elegant', utmSource: 'instagram', utmCampaign: 'spring' });
    assert.equal(view.page, '/page/tested-elegant');
    assert.match(view.id, uuid);
    assert.ok(Math.abs(parseInt(view.id.replace('-', '').slice(0, 12), 16) - view.at) < 10000); // in the order of time
    assert.ok(Math.abs(view.at - Date.now()) < 10000);
    assert.equal(eventPosts()[0].type, 'application/json');
    assert.ok(!eventPosts().some((post) => post.text.includes('robin')));
    await leave(page);
  },
  async 'a page view says how long the page took to load, and waits for that'() {
    const page = await visit();
    await until('page_view', () => types().includes('page_view'));
    const { loadMs } = taken().find((event) => event.type === 'page_view').data;
    const measured = await page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd);
    assert.equal(loadMs, Math.round(measured));
    await leave(page);
  },
  async 'a picture that comes late is in the time, and nothing is told before it is there'() {
    const context = await browser.newContext();
    await context.addInitScript(answered);
    let arrive;
    pictures.held = new Promise((resolve) => { arrive = resolve; });
    const page = await context.newPage();
    await page.goto(`${origin}/page/tested-elegant`, { waitUntil: 'domcontentloaded' });
    await page.waitForTimeout(3500); // time is the subject: events wait two seconds for others
    assert.equal(eventPosts().length, 0);
    arrive();
    await until('page_view', () => types().includes('page_view'));
    assert.equal(types()[0], 'page_view');
    const { loadMs } = taken()[0].data;
    assert.ok(loadMs >= 3500, `${loadMs}`);
    await context.close();
  },
  async 'who leaves before the page is there is a view without a time'() {
    const context = await browser.newContext();
    await context.addInitScript(answered);
    let arrive; // held by the server: what the test's own routes hold, a browser may forget with the page
    pictures.held = new Promise((resolve) => { arrive = resolve; });
    const page = await context.newPage();
    await page.goto(`${origin}/page/tested-elegant`, { waitUntil: 'domcontentloaded' });
    await page.waitForFunction(() => window.visitEvents); // the script has begun
    await page.goto('about:blank');
    await until('page_view', () => types().includes('page_view'), 3000);
    assert.ok(!('loadMs' in taken()[0].data));
    arrive();
    await context.close();
  },
  async 'the host of the page before is told, its path is not'() {
    const context = await browser.newContext();
    await context.addInitScript(answered);
    const page = await context.newPage();
    await page.goto(`${origin}/page/tested-elegant`, { referer: 'https://search.example/find?q=private' });
    await until('page_view', () => types().includes('page_view'));
    assert.equal(taken()[0].data.referrer, 'https://search.example');
    await context.close();
  },
  async 'each kind of event is told from each layout'() {
    for (const layout of layouts) {
      posts.length = 0;
  test += 1;
      const page = await visit({ path: `/page/tested-${layout}` });
      await page.evaluate(() => document.querySelectorAll('a[href^="mailto"],a[href^="tel"],.social a').forEach((link) => link.addEventListener('click', (event) => event.preventDefault())));
      await scrollTo(page, '.hero-photo');
      await page.locator('a[data-photo]').nth(1).click();
      await page.keyboard.press('Escape');
      await scrollTo(page, '#rates table');
      await page.waitForTimeout(1300); // time is the subject: rates count once they were seen for a second
      await scrollTo(page, '.hero h1');
      await toForm(page);
      await scrollTo(page, '[data-booking]');
      await page.locator('#client_name').click();
      await page.locator('#client_email').click();
      for (const kind of ['email_click', 'phone_click', 'social_click']) await page.locator(`[data-event=${kind}]`).first().click();
      await until('everything', () => types().length >= 12);
      await page.locator('[data-event=email_click]').first().dispatchEvent('auxclick');
      await until('what was done last', () => types().filter((type) => type === 'email_click').length === 2);
      const counted = {};
      for (const type of types()) counted[type] = (counted[type] ?? 0) + 1;
      assert.deepEqual(counted, { page_view: 1, ab_test_assigned: 4, hero_photo_viewed: 1, photo_click: 1, pricing_view: 1,
        form_start: 1, email_click: 2, phone_click: 1, social_click: 1 }, layout);
      const data = (type) => taken().find((event) => event.type === type).data;
      assert.deepEqual(data('hero_photo_viewed'), { variantId: 'warm' });
      assert.equal(data('photo_click').position, 2);
      assert.match(data('photo_click').photoId, /^photo-\d+$/);
      assert.ok(data('pricing_view').durationMs >= 1000 && data('pricing_view').durationMs < 6000);
      assert.deepEqual(data('form_start'), { field: 'client_name' });
      assert.deepEqual(data('email_click'), {});
      assert.deepEqual(data('social_click'), { platform: 'instagram' });
      assert.deepEqual(taken().filter((event) => event.type === 'ab_test_assigned').map((event) => event.data.variantId).sort(),
        ['by light', 'control', 'short:er', 'warm']);
      assert.equal(new Set(taken().map((event) => event.id)).size, taken().length);
      await leave(page);
    }
  },
  async 'a variant that changes a place further down is told when that place is seen'() {
    const page = await visit({ viewport: { width: 1280, height: 500 } });
    await until('the hero test', () => types().includes('ab_test_assigned'));
    const assigned = () => taken().filter((event) => event.type === 'ab_test_assigned').map((event) => event.data.variantId);
    assert.ok(!assigned().includes('by light'));
    await scrollTo(page, '#gallery .photos');
    await until('the gallery test', () => assigned().includes('by light'));
    await leave(page);
  },
  async 'ten events go at once, fewer after two quiet seconds, in batches'() {
    const page = await visit();
    await until('the first', () => eventPosts().length === 1);
    const start = Date.now();
    await page.evaluate(() => { for (let i = 0; i < 10; i += 1) document.querySelector('[data-event=social_click]').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })); });
    await until('ten', () => types().filter((type) => type === 'social_click').length === 10);
    assert.ok(eventPosts().at(-1).at - start < 1500, 'waited with ten events');
    await leave(page);
  },
  async 'what is not acknowledged comes again with the same ids, ever more slowly'() {
    let refusals = 3;
    answers['POST /api/events'] = (post) => {
      if (refusals-- > 0) {
        post.refused = true;
        return refusals === 1 ? { cut: true } : { status: 503, headers: { 'retry-after': '1' } };
      }
      return { body: { accepted: post.body.events.length } };
    };
    const page = await visit();
    await until('the fourth try', () => eventPosts().length >= 4, 20000);
    const ids = eventPosts().slice(0, 4).map((post) => post.body.events.map((event) => event.id).join());
    assert.equal(new Set(ids).size, 1);
    const at = eventPosts().map((post) => post.at);
    assert.ok(at[1] - at[0] >= 950 && at[3] - at[2] >= at[1] - at[0], `pauses ${at[1] - at[0]}, ${at[2] - at[1]}, ${at[3] - at[2]}`);
    await until('taken', () => types().includes('page_view'));
    await leave(page);
  },
  async 'each batch carries the clock of the device, so that the server can correct its times'() {
    const ahead = 36e5;
    const page = await visit({ before: () => { const real = Date.now; Date.now = () => real() + 36e5; } });
    await until('page_view', () => types().includes('page_view'));
    const [post] = eventPosts();
    assert.ok(Math.abs(post.body.now - ahead - post.at) < 5000, `${post.body.now - post.at}`);
    assert.ok(post.body.events.every((event) => event.at <= post.body.now && event.at > post.body.now - 60000));
    await leave(page);
  },
  async 'a batch that is refused for good is given up, and a host that takes none is left alone'() {
    answers['POST /api/events'] = () => ({ status: 400, body: { error: 'events: the database rejected these values' } });
    let page = await visit();
    await until('one', () => eventPosts().length === 1);
    await page.locator('[data-event=social_click]').first().dispatchEvent('auxclick');
    await until('the next', () => eventPosts().length === 2);
    assert.equal(eventPosts()[1].body.events.some((event) => event.type === 'page_view'), false);
    await leave(page);
    posts.length = 0;
    answers['POST /api/events'] = undefined; // 404
    page = await visit();
    await until('one', () => eventPosts().length === 1);
    await page.locator('[data-event=social_click]').first().dispatchEvent('auxclick');
    answers['POST /api/events'] = (post) => ({ body: { accepted: post.body.events.length } });
    await untilALaterPageIsViewed();
    assert.ok(!types().includes('social_click'));
    await leave(page);
  },
  async 'an event that is refused costs no other'() {
    answers['POST /api/events'] = (post) => {
      const wrong = post.body.events.findIndex((event) => event.type === 'hero_photo_viewed');
      post.refused = wrong >= 0;
      return post.refused ? { status: 400, body: { error: `events[${wrong}].data.variantId: is empty` } } : { body: { accepted: 1 } };
    };
    const page = await visit();
    await until('the rest', () => types().includes('page_view') && types().includes('ab_test_assigned'));
    assert.ok(eventPosts()[0].refused && eventPosts()[0].body.events.length > eventPosts()[1].body.events.length);
    await leave(page);
  },
  async 'campaigns are told in whole characters and on one line'() {
    const page = await visit({ path: `/page/tested-elegant?utm_source=${'%F0%9F%8C%B8'.repeat(120)}&utm_term=a%0Ab%00c%7F&utm_content=%ED%A0%BD` });
    await until('page_view', () => types().includes('page_view'));
    const { data } = taken().find((event) => event.type === 'page_view');
    assert.equal(data.utmSource, '🌸'.repeat(100));
    assert.equal(data.utmTerm, 'a b c ');
    assert.ok(data.utmContent.isWellFormed?.() ?? true);
    assert.ok(!/\\ud[89a-f]/i.test(eventPosts()[0].text));
    await leave(page);
  },
  async 'a page that is closed at once has told its view'() {
    const page = await visit();
    await page.goto('about:blank');
    await until('page_view', () => types().includes('page_view'), 3000);
    assert.equal(eventPosts()[0].type, 'application/json');
    await leave(page);
  },
  async 'rates in view when the page is closed are told'() {
    const page = await visit();
    await scrollTo(page, '#rates table');
    await page.waitForTimeout(1300); // time is the subject: rates count once they were seen for a second
    await page.goto('about:blank');
    await until('pricing_view', () => types().includes('pricing_view'), 3000);
    assert.equal(types().filter((type) => type === 'pricing_view').length, 1);
    await leave(page);
  },
  async 'what the browser was given while the page was hidden is sent again when it is seen, and counts once'() {
    const page = await visit();
    const hide = (hidden) => page.evaluate((now) => {
      Object.defineProperty(document, 'hidden', { value: now, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
    await hide(true);
    await until('by beacon', () => types().includes('page_view'), 1500);
    await hide(false);
    await until('again', () => eventPosts().length === 2);
    assert.equal(types().filter((type) => type === 'page_view').length, 1);
    await leave(page);
  },
  async 'a page that comes back from the history is a view'() {
    const page = await visit();
    await until('the first view', () => types().includes('page_view')); // until then the page doesn't listen for its return
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await until('two views', () => types().filter((type) => type === 'page_view').length === 2);
    await leave(page);
  },
  async 'without sendBeacon it works the same'() {
    const page = await visit({ before: () => { delete Navigator.prototype.sendBeacon; } });
    await page.goto('about:blank');
    await until('page_view', () => types().includes('page_view'), 3000);
    for (const event of taken()) assert.match(event.id, uuid);
    await leave(page);
  },
  async 'a page that opens behind another one is not viewed yet'() {
    const page = await visit({ before: () => { Object.defineProperty(document, 'hidden', { value: true, configurable: true }); } });
    await untilALaterPageIsViewed();
    assert.deepEqual(toldOf('/page/tested-elegant'), []);
    posts.length = 0;
    await page.evaluate(() => { Object.defineProperty(document, 'hidden', { value: false, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); });
    await until('page_view', () => types().includes('page_view'));
    assert.ok(!('loadMs' in taken()[0].data)); // in the background it took its time
    await leave(page);
  },
  async 'nothing is stored before an answer, and what lies behind the question was not seen'() {
    const page = await visit({ notices: true });
    await until('page_view', () => types().includes('page_view'));
    assert.deepEqual(types(), ['page_view']);
    const stored = () => page.evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie }));
    assert.deepEqual(await stored(), { local: {}, session: {}, cookie: '' });
    await page.click('[data-gate=yes]');
    assert.deepEqual(await stored(), { local: {}, session: { adult: 'yes' }, cookie: '' });
    await until('the hero', () => types().includes('hero_photo_viewed'));
    assert.deepEqual((await page.context().cookies()), []);
    await leave(page);
  },
  async 'accepting asks the server until it answers, and is kept only then'() {
    let refusals = 1;
    answers['POST /api/consent'] = (post) => (refusals-- > 0 ? { status: 503 } : { body: { decision: post.body.decision } });
    const page = await visit({ notices: true });
    await page.click('[data-gate=yes]');
    await page.click('[data-consent=accepted]');
    const kept = () => page.evaluate(() => localStorage.consent);
    assert.equal(await kept(), undefined);
    await until('kept', async () => /^accepted \d+$/.test(await kept() ?? ''));
    await page.reload();
    await page.waitForSelector('body[data-asked]');
    assert.equal(await page.isVisible('#cookies'), false);
    const old = Date.now() - 181 * 864e5;
    await page.evaluate((at) => { localStorage.consent = `accepted ${at}`; }, old);
    await page.reload();
    await page.waitForSelector('body[data-asked]');
    assert.equal(await page.isVisible('#cookies'), true);
    await leave(page);
  },
  async 'accepting takes along the events that this page sent, and later ones wait for the answer'() {
    let answer;
    answers['POST /api/consent'] = (post) => new Promise((resolve) => { answer = () => resolve({ body: { decision: post.body.decision } }); });
    const page = await visit({ notices: true });
    await until('page_view', () => types().includes('page_view'));
    await page.click('[data-gate=yes]');
    await until('the hero', () => types().includes('hero_photo_viewed'));
    const sent = taken().map((event) => event.id);
    await page.click('[data-consent=accepted]');
    await until('the question', () => answer);
    const { body } = posts.find((post) => post.key === 'POST /api/consent');
    assert.equal(body.decision, 'accepted');
    assert.deepEqual([...body.events].sort(), [...sent].sort());
    await page.locator('[data-event=social_click]').first().dispatchEvent('auxclick');
    await untilALaterPageIsViewed();
    assert.ok(!types().includes('social_click'));
    answer();
    await until('the click', () => types().includes('social_click'));
    await page.locator('[data-choice] button').click();
    answer = undefined;
    await page.click('[data-consent=accepted]');
    await until('the question', () => answer);
    const again = posts.filter((post) => post.key === 'POST /api/consent')[1].body.events;
    assert.ok(again.length > 0 && again.every((id) => !sent.includes(id)), 'what was taken along is not named twice');
    answer();
    await leave(page);
  },
  async 'a decline that reaches nobody is told again on the next page, and events carry no cookie meanwhile'() {
    answers['POST /api/consent'] = (post) => (post.body.decision === 'declined' ? { status: 503 } : { body: post.body });
    const page = await visit({ notices: true });
    await page.context().addCookies([{ name: 'visitor', value: 'known', url: origin, httpOnly: true }]);
    await page.click('[data-gate=yes]');
    await until('events with the cookie', () => eventPosts().some((post) => post.cookie === 'visitor=known'));
    const kept = () => page.evaluate(() => localStorage.consent);
    await page.click('[data-consent=declined]');
    assert.match(await kept(), /^declined \d+ untold$/);
    await until('the refusal', () => posts.some((post) => post.key === 'POST /api/consent'));
    posts.length = 0;
    await page.locator('[data-event=social_click]').first().dispatchEvent('auxclick');
    await until('the click', () => types().includes('social_click'));
    await page.locator('[data-event=phone_click]').first().dispatchEvent('auxclick');
    answers['POST /api/consent'] = (post) => ({ body: { decision: post.body.decision } });
    posts.length = 0;
    await page.goto(`${origin}/page/tested-elegant?next`);
    await until('the click when the page was left', () => types().includes('phone_click'));
    await until('the new view', () => types().includes('page_view'));
    assert.deepEqual(eventPosts().map((post) => post.cookie).filter(Boolean), []);
    await until('told', async () => /^declined \d+$/.test(await kept()));
    assert.deepEqual(posts.filter((post) => post.key === 'POST /api/consent').map((post) => [post.body.decision, post.cookie]), [['declined', 'visitor=known']]);
    await leave(page);
  },
  async 'the newest of two choices is the last that the server is told, also where it was made in another tab'() {
    for (const elsewhere of [false, true]) {
      posts.length = 0;
      let answer;
      answers['POST /api/consent'] = (post) => (post.body.decision === 'declined' ? { body: { decision: 'declined' } }
        : new Promise((resolve) => { answer = () => resolve({ body: { decision: 'accepted' } }); }));
      const page = await visit({ notices: true });
      await page.click('[data-gate=yes]');
      await page.click('[data-consent=accepted]');
      await until('the first choice', () => answer);
      const other = elsewhere ? await page.context().newPage() : page;
      if (elsewhere) {
        await other.goto(`${origin}/page/tested-elegant`);
        await other.click('[data-gate=yes]');
      } else await other.locator('[data-choice] button').click();
      await other.click('[data-consent=declined]');
      const decisions = () => posts.filter((post) => post.key === 'POST /api/consent').map((post) => post.body.decision);
      if (elsewhere) await until('the second choice', () => decisions().includes('declined'));
      const before = decisions().length;
      answer();
      await until('the newer choice once more', () => decisions().length > before);
      assert.equal(decisions().at(-1), 'declined');
      await until('kept', () => page.evaluate(() => /^declined \d+$/.test(localStorage.consent)));
      await leave(page);
    }
  },
  async 'a decline that is still asked for gives way to a later yes in another tab'() {
    let refusals = 0;
    answers['POST /api/consent'] = (post) => (post.body.decision === 'declined' ? { status: 503, headers: { refused: `${refusals += 1}` } }
      : { body: { decision: post.body.decision } });
    const page = await visit({ notices: true });
    await page.click('[data-gate=yes]');
    await page.click('[data-consent=declined]');
    await until('a refusal', () => refusals > 0);
    await page.evaluate(() => { localStorage.consent = `accepted ${Date.now()}`; }); // as the other tab writes it
    const decisions = () => posts.filter((post) => post.key === 'POST /api/consent').map((post) => post.body.decision);
    await until('the later choice', () => decisions().at(-1) === 'accepted');
    assert.match(await page.evaluate(() => localStorage.consent), /^accepted \d+$/);
    await leave(page);
  },
  async 'who declined is not counted on the privacy page, and the page of a forgotten browser counts nobody'() {
    let page = await visit({ path: '/privacy' });
    await untilALaterPageIsViewed();
    assert.deepEqual(toldOf('/privacy'), []);
    await leave(page);
    page = await visit({ path: '/page/forgotten-elegant', notices: true });
    assert.equal(await page.isVisible('#gate'), false); // the receipt is not covered
    assert.equal(await page.isVisible('.receipt'), true);
    assert.equal(await page.locator('script[src*="/visit."]').count(), 0);
    posts.length = 0;
    await untilALaterPageIsViewed();
    assert.deepEqual(toldOf('/page/forgotten-elegant'), []);
    await leave(page);
    posts.length = 0;
    page = await visit({ path: '/privacy', notices: true });
    await until('page_view', () => types().includes('page_view'));
    await leave(page);
  },
  async 'the server that says declined is believed'() {
    answers['POST /api/consent'] = () => ({ body: { decision: 'declined' } });
    const page = await visit({ notices: true });
    await page.click('[data-gate=yes]');
    await page.click('[data-consent=accepted]');
    await until('kept', () => page.evaluate(() => /^declined /.test(localStorage.consent ?? '')));
    await leave(page);
  },
  async 'a browser that has said no already is not asked'() {
    for (const before of [() => { Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }); },
      () => { Object.defineProperty(Navigator.prototype, 'doNotTrack', { get: () => '1' }); }]) {
      const page = await visit({ notices: true, before });
      await page.click('[data-gate=yes]');
      assert.equal(await page.isVisible('#cookies'), false);
      assert.equal(await page.isVisible('[data-choice]'), false);
      await leave(page);
    }
  },
  async 'question, bar and form work by keyboard alone'() {
    for (const layout of layouts) {
      posts.length = 0;
      answers = { 'POST /api/consent': (post) => ({ body: post.body }), 'GET /api/form-token': { body: { token: 'signed' } },
        'POST /bookings': { status: 201, body: { id: 'b1' } }, 'POST /api/events': { body: { accepted: 1 } } };
      const page = await visit({ notices: true, path: `/page/tested-${layout}` });
      assert.equal(await focused(page), 'gate-title');
      await page.keyboard.press('Tab');
      assert.equal(await focused(page), 'yes');
      await page.keyboard.press('Tab');
      assert.equal(await focused(page), 'no');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      assert.equal(await page.isVisible('#gate'), false);
      await page.keyboard.press('Tab'); // the bar comes next: its link to the privacy page
      await page.keyboard.press('Tab');
      assert.equal(await focused(page), 'accepted');
      await page.keyboard.press('Tab');
      assert.equal(await focused(page), 'declined');
      await page.keyboard.press('Escape');
      assert.equal(await page.isVisible('#cookies'), false);
      assert.equal(await focused(page), 'main');
      assert.equal(await page.evaluate(() => localStorage.consent), undefined);
      await page.locator('[data-choice] button').focus();
      await page.keyboard.press('Enter');
      assert.equal(await focused(page), 'accepted');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      assert.equal(await focused(page), 'as-link');
      assert.match(await page.evaluate(() => localStorage.consent), /^declined /);

      await toForm(page);
      await page.locator('#client_name').focus();
      await page.keyboard.type('Robin Ames');
      await page.keyboard.press('Tab');
      await page.keyboard.type('robin@example.org');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowDown');
      await page.locator('#message').focus();
      await page.keyboard.type('Dinner');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await until('the booking', () => posts.some((post) => post.key === 'POST /bookings'));
      const { body } = posts.find((post) => post.key === 'POST /bookings');
      assert.equal(body.service_type, 'Dinner Date');
      assert.equal(body.token, 'signed');
      await page.waitForSelector('.sent');
      assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Your request is on its way');
      await leave(page);
    }
  },
  async 'the form loses nothing to errors, outages and double clicks'() {
    let number = 0;
    const replies = [
      { status: 422, body: { errors: [{ field: 'client_email', message: 'Please give an email address.' }, { field: 'terms', message: 'Please accept the terms.' }] } },
      { status: 503 }, { status: 429, body: { errors: [{ field: '', message: 'Please send it again in 25 minutes.' }] } }, { status: 201, body: { id: 'b1' } }];
    answers = { 'GET /api/form-token': { body: { token: 'signed' } }, 'POST /bookings': () => replies[number++] };
    for (const path of ['/page/tested-modern', '/page/form-modern']) {
      number = 0;
      posts.length = 0;
      const page = await visit({ path });
      await toForm(page);
      await page.fill('#client_name', 'Robin Ames');
      await page.fill('#client_email', 'robin@');
      await page.fill('#preferred_date', '2027-03-04T19:30');
      await page.fill('#message', 'Dinner by the water');
      if (path.includes('tested')) assert.equal(posts.filter((post) => post.key === 'GET /api/form-token').length, 1);
      const send = async (message) => {
        await page.dblclick('button[type=submit]');
        await until(message, () => page.evaluate((text) => (document.querySelector('.summary, .sent') ?? {}).textContent?.includes(text) && !document.querySelector('[type=submit][disabled]'), message), 15000);
      };
      await send('Please accept the terms.');
      assert.equal(await focused(page), 'summary');
      assert.equal(await page.getAttribute('#client_email', 'aria-invalid'), 'true');
      assert.equal(await page.getAttribute('#client_email', 'aria-describedby'), 'client_email-hint client_email-error');
      await page.click('.summary a[href="#client_email"]');
      assert.equal(await focused(page), 'client_email');
      await page.fill('#client_email', 'robin@example.org');
      await page.check('#terms');
      await send('could not be saved right now');
      assert.equal(await page.locator('[aria-invalid]').count(), 0);
      await page.context().setOffline(true);
      await send('You seem to be offline');
      await page.context().setOffline(false);
      await send('again in 25 minutes');
      assert.equal(await page.inputValue('#message'), 'Dinner by the water');
      await send('Your request is on its way');
      assert.match(await page.textContent('.sent'), /2027-03-04, 19:30/, 'the time that was asked for is named');
      assert.equal(await page.locator('.sticky').count(), 0, 'nothing asks to book again');
      const sent = posts.filter((post) => post.key === 'POST /bookings').map((post) => post.body);
      assert.equal(sent.length, 4);
      const keys = sent.map((body) => body.idempotency_key);
      assert.ok(keys[0]);
      assert.notEqual(keys[1], keys[0], 'what was changed is another request');
      assert.equal(new Set(keys.slice(1)).size, 1, 'what is sent again is the same one');
      assert.equal(sent[3].message, 'Dinner by the water');
      assert.equal(sent[3].website, '');
      await leave(page);
    }
  },
  async 'a request that was stored in an earlier version is explained and sent as another one'() {
    const words = 'An earlier version of this request has already arrived.';
    const replies = [{ status: 409, body: { errors: [{ field: '', message: words }] } }, { status: 201, body: { id: 'b2' } }];
    answers = { 'GET /api/form-token': { body: { token: 'signed' } }, 'POST /bookings': () => replies.shift() };
    const page = await visit();
    await toForm(page);
    await page.fill('#client_name', 'Robin Ames');
    await page.click('button[type=submit]');
    await until('the explanation', async () => (await page.locator('.summary').allTextContents()).join().includes(words), 15000);
    await page.click('button[type=submit]');
    await until('the confirmation', () => page.isVisible('.sent'), 15000);
    const keys = posts.filter((post) => post.key === 'POST /bookings').map((post) => post.body.idempotency_key);
    assert.equal(new Set(keys).size, 2);
    await leave(page);
  },
  async 'a request says the time zone of its sender'() {
    answers = { 'GET /api/form-token': { body: { token: 'signed' } }, 'POST /bookings': { status: 201, body: { id: 'b1' } } };
    const page = await visit({ timezoneId: 'America/Los_Angeles' });
    await toForm(page);
    await page.fill('#client_name', 'Robin Ames');
    await page.click('button[type=submit]');
    await until('the confirmation', () => page.isVisible('.sent'), 15000);
    assert.equal(posts.find((post) => post.key === 'POST /bookings').body.client_time_zone, 'America/Los_Angeles');
    await leave(page);
  },
  async 'a box that is not ticked is said to be empty'() {
    answers = { 'GET /api/form-token': { body: { token: 'signed' } },
      'POST /bookings': { status: 422, body: { errors: [{ field: 'consent', message: 'Please agree to what is kept.' }] } } };
    const page = await visit();
    await toForm(page);
    await page.check('#terms');
    await page.click('button[type=submit]');
    await until('the refusal', async () => (await page.locator('.summary').allTextContents()).join().includes('Please agree'), 15000);
    const { body } = posts.find((post) => post.key === 'POST /bookings');
    assert.deepEqual([body.terms, body.consent], ['yes', '']);
    assert.equal(await page.getAttribute('#consent', 'aria-invalid'), 'true');
    await leave(page);
  },
  async 'only what the answer calls an old form is told to be one'() {
    const words = 'This request came from another site.';
    const replies = [{ status: 403, body: { errors: [{ field: '', message: words, code: 'other_site' }] } }, { status: 403 }];
    answers = { 'GET /api/form-token': { body: { token: 'signed' } }, 'POST /bookings': () => replies.shift() };
    const page = await visit();
    const summary = async () => (await page.locator('.summary').allTextContents()).join();
    await toForm(page);
    await page.fill('#client_name', 'Robin Ames');
    await page.click('button[type=submit]');
    await until('the reason', async () => (await summary()).includes(words), 15000);
    await page.click('button[type=submit]');
    await until('a refusal on the way', async () => (await summary()).includes('could not be saved right now'), 15000);
    assert.ok(!(await summary()).includes('too long'));
    assert.equal(await page.inputValue('#client_name'), 'Robin Ames');
    await leave(page);
  },
  async 'a form that was open for too long is sent with a new token by itself'() {
    let tokens = 0;
    answers = { 'GET /api/form-token': () => ({ body: { token: `token-${tokens += 1}` } }),
      'POST /bookings': (post) => (post.body.token === 'token-2' ? { status: 201, body: { id: 'b1' } }
        : { status: 422, body: { errors: [{ field: 'token', message: 'This form had been open for too long.', code: 'form_expired' }] } }) };
    const page = await visit();
    await toForm(page);
    await page.fill('#client_name', 'Robin Ames');
    await page.click('button[type=submit]');
    await until('the confirmation', () => page.isVisible('.sent'), 15000);
    assert.equal(posts.filter((post) => post.key === 'POST /bookings').length, 2);
    await leave(page);
  },
  async 'the form offers free times by day, and others once one is taken'() {
    const at = (hour) => ({ start: `2027-03-01T${hour}:00:00+11:00`, end: `2027-03-01T${hour + 1}:00:00+11:00` });
    const other = { start: '2027-03-02T10:00:00+11:00', end: '2027-03-02T11:00:00+11:00', city: 'Melbourne' };
    let times = [at(10), at(14), other];
    const replies = [{ status: 409, body: { errors: [{ field: 'preferred_date', message: 'This time cannot be taken.' }], times: [] } }, { status: 201, body: { id: 'b1' } }];
    answers = { 'GET /api/form-token': { body: { token: 'signed' } }, 'GET /api/times': () => ({ body: { zone: 'Australia/Sydney', times } }),
      'POST /bookings': () => replies.shift() };
    for (const path of ['/page/times-elegant', '/page/offered-elegant']) {
      posts.length = 0;
      const page = await visit({ path });
      await toForm(page);
      await page.locator('#client_name').focus();
      await page.waitForSelector('#preferred_day option[value="2027-03-01"]', { state: 'attached' });
      assert.deepEqual((await page.locator('#preferred_day option').allTextContents()).map((text) => text.replace(',', '')), ['Please choose', 'Monday 1 March 2027', 'Tuesday 2 March 2027']);
      await page.selectOption('#preferred_day', '2027-03-02');
      assert.deepEqual(await page.locator('#preferred_date option').allTextContents(), ['Please choose', '10:00 to 11:00 (Melbourne)']);
      await page.selectOption('#preferred_day', '2027-03-01');
      await page.selectOption('#preferred_date', '2027-03-01T10:00:00+11:00');
      if (path.includes('offered')) {
        await page.fill('#client_name', 'Robin Ames');
        times = [at(14), other];
        await page.click('button[type=submit]');
        await until('the refusal', async () => (await page.locator('.summary').allTextContents()).join().includes('cannot be taken'), 15000);
        await until('the new times', async () => (await page.locator('#preferred_date option').count()) === 1 || (await page.inputValue('#preferred_date')) === '');
        assert.equal(await page.inputValue('#client_name'), 'Robin Ames');
        await page.selectOption('#preferred_day', '2027-03-01');
        await page.selectOption('#preferred_date', '2027-03-01T14:00:00+11:00');
        await page.click('button[type=submit]');
        await until('the confirmation', () => page.isVisible('.sent'), 15000);
        assert.deepEqual(posts.filter((post) => post.key === 'POST /bookings').map((post) => post.body.preferred_date), ['2027-03-01T10:00:00+11:00', '2027-03-01T14:00:00+11:00']);
      }
      await leave(page);
    }
  },
  async 'times that cannot be read are said in a line of their own'() {
    answers = { 'GET /api/form-token': { body: { token: 'signed' } }, 'GET /api/times': { status: 503 } };
    const page = await visit({ path: '/page/offered-elegant' });
    await toForm(page);
    await page.locator('#client_name').focus();
    await until('the sentence', () => page.isVisible('text=The times could not be read: please reload the page.'));
    assert.deepEqual(await page.locator('#preferred_day option').allTextContents(), ['Not known now']);
    await leave(page);
  },
  async 'dates are bounded by the clock where she is'() {
    const page = await visit({ timezoneId: 'America/Los_Angeles' });
    const expected = new Date().toLocaleString('sv-SE', { timeZone: 'Australia/Sydney' }).slice(0, 13).replace(' ', 'T');
    await toForm(page);
    assert.ok((await page.getAttribute('#preferred_date', 'min')).startsWith(expected));
    await leave(page);
  },
  async 'the privacy page says what is held, or that it cannot'() {
    answers['GET /privacy/held'] = { body: { cookie: true, visits: 2, events: 1 } };
    const page = await visit({ path: '/page/privacy-minimal' });
    await page.waitForSelector('#held:not([hidden])');
    assert.equal(await page.textContent('#held'), 'You have accepted the cookie. Stored about this browser: 2 visits with one event.');
    answers['GET /privacy/held'] = { body: { cookie: false } };
    await page.reload();
    await page.waitForSelector('#held:not([hidden])');
    assert.match(await page.textContent('#held'), /^You have no cookie from this site\./);
    answers['GET /privacy/held'] = { status: 503 };
    await page.reload();
    await page.waitForSelector('#held:not([hidden])');
    assert.match(await page.textContent('#held'), /This information cannot be shown right now/);
    await leave(page);
  },
};

let failed = 0;
for (const [name, run] of Object.entries(tests).filter(([name]) => only.test(name))) {
  posts.length = 0;
  answers = { 'POST /api/events': (post) => ({ body: { accepted: post.body.events.length } }), 'POST /api/consent': (post) => ({ body: post.body }) };
  try {
    await run();
    console.log(`ok: ${name}`);
  } catch (error) {
    failed += 1;
    console.error(`FAILED: ${name}\n${error.stack}`);
  }
}
await browser.close();
close();
process.exit(failed ? 1 : 0);
