// SPDX-License-Identifier: Apache-2.0
// Tells this site's own server what was looked at. It stores nothing, and no page waits for it.
(() => {
  if (!/^https?:$/.test(location.protocol) || /^preview-/.test(location.hostname) || !window.fetch) return;
  const declined = () => {
    if (navigator.globalPrivacyControl || navigator.doNotTrack === '1') return true;
    try { return /^declined/.test(localStorage.getItem('consent')); } catch { return false; }
  };
  if (/^\/privacy/.test(location.pathname) && declined()) return;
  const { hero, tests, elements } = document.body.dataset;
  const address = '/api/events';
  const mostInBatch = 50;
  const mostWaiting = 500;
  const mostReported = 1000;
  const enough = 10;
  const idle = 2000;
  const tooOld = 47 * 36e5;
  const away = 6e5;
  const longestLoad = 15e3;
  const mostPatience = 3e3;

  let waiting = []; // not sent yet
  let batch = null; // sent and not answered, or to be sent again
  let doubtful = []; // given to the browser while the page was hidden: sent again when it is seen soon
  let hiddenAt = 0;
  let timer = 0;
  let sending = false;
  let pausing = false;
  let deciding = false; // the answer about the cookie is on its way, and events wait for it
  let reported = []; // ids that were sent since then
  const settled = []; // who waits for what is being sent
  let failures = 0;
  let over = false;
  let loading = false; // nothing is sent before it is known how long the page took to load, or it is left
  let wanted = false;

  // Version 7: in the order of time, so that the database writes side by side what comes together.
  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    for (let time = Date.now(), place = 5; place >= 0; time = Math.floor(time / 256)) bytes[place--] = time % 256;
    bytes[6] = (bytes[6] & 15) | 112;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };
  const written = (events) => JSON.stringify({ now: Date.now(), events });
  const request = (events) => ({
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: written(events), keepalive: true,
    credentials: declined() ? 'omit' : 'same-origin', // the cookie is still there when no answer came
  });
  const plan = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => { pausing = false; send(); }, pause);
  };

  const note = (events) => {
    reported = [...new Set([...reported, ...events.map(({ id }) => id)])].slice(-mostReported);
  };

  // Who accepts takes along the events that this page sent; what comes meanwhile waits until end(taken).
  window.visitEvents = {
    async begin() {
      deciding = true;
      if (sending) await new Promise((resolve) => { settled.push(resolve); setTimeout(resolve, mostPatience); });
      return reported;
    },
    end(taken) {
      deciding = false;
      if (taken) reported = [];
      if (batch || waiting.length) plan(0);
    },
  };

  async function refused(answer) {
    if (answer.status === 429 || answer.status >= 500) throw answer;
    if (answer.status !== 400) { // nobody takes events here
      over = true;
      return;
    }
    const { error } = await answer.json();
    const [, wrong] = /^events\[(\d+)\]/.exec(error) || [];
    if (wrong && batch.length > 1) batch.splice(wrong, 1);
    else batch = null;
  }

  async function send() {
    wanted = loading;
    if (sending || pausing || over || loading || deciding) return;
    if (!batch) {
      const now = Date.now();
      batch = waiting.splice(0, mostInBatch).filter((event) => now - event.at < tooOld);
    }
    if (!batch.length) {
      batch = null;
      return;
    }
    sending = true;
    let pause = 0;
    note(batch);
    try {
      const answer = await fetch(address, request(batch));
      if (answer.ok) batch = null;
      else await refused(answer);
      failures = 0;
    } catch (trouble) {
      const asked = trouble.headers ? Number(trouble.headers.get('Retry-After')) || 0 : 0;
      pause = Math.max(asked * 1000, Math.min(6e4, 1000 * 2 ** failures)) * (1 + Math.random() / 4);
      failures += 1;
      pausing = true;
    }
    sending = false;
    settled.splice(0).forEach((resume) => resume());
    if (pausing) plan(pause);
    else if (batch || waiting.length >= enough) send();
    else if (waiting.length) plan(idle);
  }

  function track(type, data = {}, at = Date.now()) {
    if (over || waiting.length >= mostWaiting) return;
    waiting.push({ id: uuid(), type, at, page: location.pathname, data });
    if (sending || pausing) return;
    if (waiting.length >= enough) send();
    else plan(idle);
  }

  // The page may never come back: the browser takes what is left and delivers it.
  function leave() {
    loading = false;
    const delivered = sending && 'keepalive' in Request.prototype;
    if (!delivered) {
      waiting = (batch || []).concat(waiting);
      if (!sending) batch = null;
    }
    while (waiting.length && !over) {
      const part = waiting.splice(0, mostInBatch);
      note(part);
      const blob = new Blob([written(part)], { type: 'application/json' });
      const beacon = navigator.sendBeacon && !declined(); // which always carries the cookie
      if (!beacon || !navigator.sendBeacon(address, blob)) fetch(address, request(part)).catch(() => {});
      doubtful = doubtful.concat(part);
    }
    hiddenAt = hiddenAt || Date.now();
  }

  function comeBack() {
    if (hiddenAt && Date.now() - hiddenAt < away) waiting = doubtful.concat(waiting);
    doubtful = [];
    hiddenAt = 0;
    if (waiting.length && !sending && !pausing) plan(idle);
  }

  // As much as the server takes, by whole characters.
  const short = (text) => Array.from(text.replace(/[\0-\x1f\x7f]/g, ' ')).slice(0, 100).join('');
  function pageView(at) {
    const data = { url: location.pathname };
    const [from] = document.referrer.match(/^https?:\/\/[^/?#]+/) || [''];
    if (from && from !== location.origin) data.referrer = from;
    const query = new URLSearchParams(location.search);
    ['Source', 'Medium', 'Campaign', 'Term', 'Content'].forEach((name) => {
      const value = query.get(`utm_${name.toLowerCase()}`);
      if (value) data[`utm${name}`] = short(value);
    });
    track('page_view', data, at);
    return data;
  }

  function timeLoad(view) {
    if (!performance.getEntriesByType) return;
    const settle = () => {
      const [load] = performance.getEntriesByType('navigation');
      if (!loading) return;
      loading = false;
      if (load) view.loadMs = Math.round(Math.min(6e5, Math.max(0, (load.loadEventEnd || performance.now()) - (load.activationStart || 0))));
      if (wanted) send();
    };
    const loaded = () => setTimeout(settle); // the time is there once every listener is through
    loading = true;
    if (document.readyState === 'complete') loaded();
    else addEventListener('load', loaded);
    setTimeout(settle, longestLoad);
  }

  // Calls changed(true) when a good part of one of the elements is on the screen, and changed(false) when it is not.
  function watch(selector, changed) {
    const found = [...document.querySelectorAll(selector)];
    if (!found.length || !window.IntersectionObserver) return;
    const seen = new Set();
    const observer = new IntersectionObserver((entries) => {
      entries.forEach(({ target, isIntersecting, intersectionRatio, intersectionRect }) => {
        const shown = isIntersecting && (intersectionRatio >= 0.4 || intersectionRect.height >= innerHeight * 0.4);
        seen[shown ? 'add' : 'delete'](target);
      });
      changed(seen.size > 0, observer);
    }, { threshold: [0, 0.1, 0.2, 0.4, 0.6] });
    found.forEach((element) => observer.observe(element));
  }
  const once = (selector, report) => watch(selector, (shown, observer) => {
    if (!shown) return;
    observer.disconnect();
    report();
  });

  let ratesShown = false;
  let ratesSince = 0;
  let ratesAt = 0;
  function ratesChanged(leaving) {
    const shown = ratesShown && !document.hidden && !leaving;
    if (shown && !ratesSince) {
      ratesSince = performance.now();
      ratesAt = Date.now();
    } else if (!shown && ratesSince) {
      const durationMs = Math.round(performance.now() - ratesSince);
      ratesSince = 0;
      if (durationMs >= 1000) track('pricing_view', { durationMs: Math.min(durationMs, 36e5) }, ratesAt);
    }
  }

  function watchTests() {
    const kinds = (elements || '').split(' ');
    const places = { cta: '[data-field="/content/cta/label"]', gallery_order: '#gallery .photos' };
    (tests || '').split(' ').filter(Boolean).forEach((pair, index) => {
      const [testId, variantId] = pair.split(':').map(decodeURIComponent);
      const assigned = () => track('ab_test_assigned', { testId, variantId });
      const place = places[kinds[index]];
      if (place) once(place, assigned);
      else assigned();
    });
    once('.hero-photo', () => track('hero_photo_viewed', { variantId: hero }));
    watch('#rates', (shown) => { ratesShown = shown; ratesChanged(); });
  }

  function clicked(event) {
    const link = event.button < 2 && event.target.closest && event.target.closest('[data-event],[data-photo]');
    if (!link) return;
    const { event: type, photo, platform } = link.dataset;
    if (type) track(type, platform ? { platform } : {});
    else {
      const position = [...document.querySelectorAll('[data-photo]')].indexOf(link) + 1;
      track('photo_click', { photoId: short(photo || `photo-${position}`), position });
    }
  }

  let formWasStarted = false;
  function formStarted(event) {
    const form = event.target.closest && event.target.closest('form[data-booking]');
    if (formWasStarted || !form || !event.target.labels || !event.target.id) return;
    formWasStarted = true;
    track('form_start', { field: event.target.name });
  }

  // What lies behind the 18+ question was not seen before it is answered.
  function afterGate(begin) {
    const gate = document.querySelector('#gate');
    if (!gate || !('asks' in gate.dataset)) begin();
    else gate.addEventListener('close', () => afterGate(begin), { once: true });
  }

  let begun = false;
  function begin(seenAt, seenLater) {
    if (begun) return;
    begun = true;
    const view = pageView(seenAt);
    if (!seenLater) timeLoad(view); // in the background pages take their time
    afterGate(watchTests);
    document.addEventListener('visibilitychange', () => {
      ratesChanged();
      if (document.hidden) leave();
      else comeBack();
    });
    addEventListener('pagehide', () => {
      ratesChanged(true);
      leave();
    });
    addEventListener('pageshow', (event) => { if (event.persisted) pageView(); });
  }

  // A page that is visible from the start is counted with the time of now, and by a browser that has nothing else to do;
  // before that, where something is clicked or the page is left.
  const opened = Date.now();
  const beginEarly = () => begin(opened);
  const unlessHidden = (handle) => (event) => {
    if (!document.hidden) beginEarly();
    handle(event);
  };
  document.addEventListener('click', unlessHidden(clicked), true);
  document.addEventListener('auxclick', unlessHidden(clicked), true);
  document.addEventListener('focusin', unlessHidden(formStarted));
  if (document.hidden) {
    document.addEventListener('visibilitychange', () => { if (!document.hidden) begin(Date.now(), true); });
    return;
  }
  const leaveEarly = () => {
    if (begun) return;
    beginEarly();
    leave();
  };
  addEventListener('pagehide', leaveEarly);
  document.addEventListener('visibilitychange', leaveEarly);
  if (window.requestIdleCallback) requestIdleCallback(beginEarly, { timeout: 1500 });
  else setTimeout(beginEarly, 200);
})();
