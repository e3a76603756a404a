// SPDX-License-Identifier: Apache-2.0
// The booking form without leaving the page: sent as JSON, what is wrong said beside the fields, nothing typed lost.
// Without this script the form at /book works the same.
(() => {
  const form = document.querySelector('form[data-booking]');
  if (!form || !window.fetch || !Object.fromEntries) return;
  const secondsBeforeSending = 4; // sooner than a person can type counts as a machine
  const mostPatience = 25000;
  const field = (name) => form.elements[name];
  const button = form.querySelector('[type=submit]');
  const words = button.textContent;
  const { who, response, zone } = form.dataset;
  const make = (name, text, properties) => Object.assign(document.createElement(name), { textContent: text || '' }, properties);

  // Who declined the cookie is not recognised by one that is still there.
  const credentials = () => {
    try { return /^declined/.test(localStorage.getItem('consent')) ? 'omit' : 'same-origin'; } catch { return 'same-origin'; }
  };

  const uuid = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };

  // The same request sent again keeps its key, so that it is stored once; one that was changed is another request.
  let keySent = false;
  function newKey() {
    field('idempotency_key').value = uuid();
    keySent = false;
  }

  // Dates are local to her, not to the visitor.
  const localTime = (milliseconds) => {
    try {
      const text = new Date(milliseconds).toLocaleString('sv-SE', zone ? { timeZone: zone } : {});
      return /^\d{4}-\d\d-\d\d \d\d:\d\d/.test(text) ? text.slice(0, 16).replace(' ', 'T') : '';
    } catch (unknownZone) {
      return '';
    }
  };
  function boundDates() {
    const input = field('preferred_date');
    if (input.type !== 'datetime-local') return;
    input.min = input.min || localTime(Date.now());
    input.max = input.max || localTime(Date.now() + 2 * 365 * 864e5);
  }

  function fillServices() {
    const select = field('service_type');
    if (!select || select.options.length > 1) return;
    document.querySelectorAll('#services .offer h3, #services .offer dt > span:first-child')
      .forEach((name) => select.add(new Option(name.textContent)));
    select.add(new Option('Something else'));
  }

  // A token is asked for when someone begins to type, and again where one was refused.
  let tokenAt = field('token').value ? Date.now() : 0;
  let asking = null;
  function ask() {
    if (field('token').value) return Promise.resolve();
    asking = asking || fetch('/api/form-token', { credentials: credentials() }).then((answer) => {
      if (!answer.ok) throw answer;
      return answer.json();
    }).then(({ token }) => {
      field('token').value = token;
      tokenAt = Date.now();
    }).then(() => { asking = null; }, (trouble) => { asking = null; throw trouble; });
    return asking;
  }

  function clearErrors() {
    document.querySelectorAll('.summary').forEach((summary) => summary.remove());
    form.querySelectorAll('.error').forEach((error) => error.remove());
    form.querySelectorAll('.invalid').forEach((box) => box.classList.remove('invalid'));
    form.querySelectorAll('[aria-invalid]').forEach((input) => {
      input.removeAttribute('aria-invalid');
      const hint = `${input.id}-hint`;
      if (document.getElementById(hint)) input.setAttribute('aria-describedby', hint);
      else input.removeAttribute('aria-describedby');
    });
  }

  function showBeside(input, message) {
    const error = make('p', message, { className: 'error', id: `${input.id}-error` });
    const box = input.closest('.field');
    box.classList.add('invalid');
    if (input.type === 'checkbox') box.append(error);
    else box.insertBefore(error, input);
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', `${input.getAttribute('aria-describedby') || ''} ${error.id}`.trim());
  }

  function showErrors(title, errors) {
    const list = make('ul');
    errors.forEach(({ field: name, message }) => {
      const input = name && name !== 'token' && name !== 'idempotency_key' && field(name);
      const item = make('li', input ? '' : message);
      if (input) {
        showBeside(input, message);
        const link = make('a', message, { href: `#${input.id}` });
        link.addEventListener('click', (event) => { event.preventDefault(); input.focus(); });
        item.append(link);
      }
      list.append(item);
    });
    const summary = make('div', '', { className: 'summary', tabIndex: -1 });
    summary.setAttribute('role', 'alert');
    const heading = make('h2', title, { id: 'summary-title' });
    summary.setAttribute('aria-labelledby', heading.id);
    summary.append(heading, list);
    form.prepend(summary);
    summary.focus();
  }

  // What was asked for, in the form's own words.
  function asked() {
    return ['service_type', 'preferred_day', 'preferred_date'].map((name) => {
      const input = field(name);
      if (!input || !input.value) return '';
      return input.options ? input.options[input.selectedIndex].textContent : input.value.replace('T', ', ');
    }).filter(Boolean).join(', ');
  }

  function showSent() {
    const page = form.closest('.page');
    const sent = make('div', '', { className: 'sent' });
    const heading = make(page ? 'h1' : 'h3', 'Your request is on its way', { tabIndex: -1 });
    sent.append(heading,
      make('p', asked()),
      make('p', `${who} replies by email${response ? `, ${response}` : ''}. Your request is stored; if your copy does not arrive, look in your spam folder.`),
      make('p', 'Nothing is binding until you both have confirmed.'));
    if (page) page.replaceChildren ? page.replaceChildren(sent) : form.replaceWith(sent);
    else form.replaceWith(sent);
    const sticky = document.querySelector('.sticky');
    if (sticky) sticky.remove();
    heading.focus();
    heading.scrollIntoView({ block: 'center' });
  }

  const kept = 'Nothing you typed is lost: please send it again';
  const notSent = (message) => showErrors('Not sent yet', [{ message }]);
  const wantsToken = ({ code }) => code === 'form_expired' || code === 'form_unknown';
  function explain(answer, errors) {
    if (errors.length) return showErrors(answer.status === 422 ? 'Please check these' : 'Not sent yet', errors);
    if (answer.status) return notSent(`Your request could not be saved right now. ${kept} in a minute.`);
    if (navigator.onLine === false) return notSent(`You seem to be offline. ${kept} when you are connected.`);
    return notSent(`The site could not be reached. ${kept} in a moment.`);
  }

  // A box that is not ticked is an answer, too.
  function answers() {
    const given = Object.fromEntries(new FormData(form));
    form.querySelectorAll('[type=checkbox]').forEach(({ name, checked }) => { given[name] = checked ? 'yes' : ''; });
    given.client_time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return given;
  }

  async function post() {
    await ask();
    const early = tokenAt + secondsBeforeSending * 1000 - Date.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const stop = window.AbortController ? new AbortController() : null;
    const timer = setTimeout(() => stop && stop.abort(), mostPatience);
    keySent = true;
    try {
      return await fetch(form.getAttribute('action'), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(answers()),
        credentials: credentials(),
        signal: stop ? stop.signal : undefined,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  // The answer, or what kept it from coming; and what it says is wrong.
  async function sent() {
    let answer;
    try {
      answer = await post();
    } catch (trouble) {
      return { answer: trouble, errors: [] };
    }
    if (answer.ok) return { answer, errors: [] };
    const { errors = [] } = await answer.json().catch(() => ({}));
    if (errors.some(wantsToken)) field('token').value = '';
    if (answer.status === 409) {
      newKey();
      form.dispatchEvent(new Event('times-changed'));
    }
    return { answer, errors };
  }

  async function send() {
    clearErrors();
    button.disabled = true;
    button.textContent = 'Sending …';
    form.setAttribute('aria-busy', 'true');
    let { answer, errors } = await sent();
    if (errors.length === 1 && wantsToken(errors[0])) ({ answer, errors } = await sent());
    button.disabled = false;
    button.textContent = words;
    form.removeAttribute('aria-busy');
    if (answer.ok) showSent();
    else explain(answer, errors);
  }

  function start() {
    if (!field('idempotency_key').value) newKey();
    form.addEventListener('input', () => { if (keySent) newKey(); });
    const wanted = () => { ask().catch(() => { /* asked again when it is sent */ }); };
    form.addEventListener('focusin', wanted);
    if (form.contains(document.activeElement)) wanted();
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!button.disabled) send();
    });
    boundDates();
    fillServices();
    if (!form.hidden) return;
    form.hidden = false;
    const otherWay = form.parentElement.querySelector('a[href="/book"]');
    if (otherWay) otherWay.parentElement.hidden = true;
    const sticky = document.querySelector('.sticky');
    if (sticky && window.IntersectionObserver) {
      new IntersectionObserver(([entry]) => { sticky.hidden = entry.isIntersecting; }).observe(form);
    }
  }

  // Most visitors only look: nothing is done before the form is a screen away or somebody is in it.
  const near = form.closest('section') || form.parentElement;
  if (!window.IntersectionObserver) {
    start();
    return;
  }
  const observer = new IntersectionObserver((entries) => { if (entries.some(({ isIntersecting }) => isIntersecting)) begin(); }, { rootMargin: '100% 0px' });
  function begin() {
    observer.disconnect();
    near.removeEventListener('focusin', begin);
    start();
  }
  observer.observe(near);
  near.addEventListener('focusin', begin);
})();
