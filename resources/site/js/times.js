// SPDX-License-Identifier: Apache-2.0
// The booking form where the companion offers times: a day and one of its free times, by the service that is chosen, from
// /api/times. Without this script /book lists them.
(() => {
  const form = document.querySelector('form[data-times]');
  if (!form || !window.fetch || !window.URLSearchParams) return;
  const field = (name) => form.elements[name];
  const make = (name, text, properties) => Object.assign(document.createElement(name), { textContent: text }, properties);
  const daysAhead = 62;
  let offered = [];
  const dayOf = (milliseconds) => new Date(milliseconds).toLocaleString('sv-SE', { timeZone: form.dataset.zone || 'UTC' }).slice(0, 10);
  const inWords = (day) => new Date(`${day}T12:00:00Z`).toLocaleDateString('en-AU', {
    weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC',
  });
  const trouble = make('p', 'The times could not be read: please reload the page.', { className: 'hint', hidden: true });
  trouble.setAttribute('role', 'alert');
  function list(select, first, options, wanted) {
    select.textContent = '';
    [new Option(first, ''), ...options].forEach((option) => select.add(option));
    select.value = wanted;
    if (select.selectedIndex < 0) select.value = '';
  }
  function showTimes(days, times, wanted) {
    list(times, 'Please choose', offered.filter(({ start }) => days.value && start.startsWith(days.value))
      .map(({ start, end, city }) => new Option(`${start.slice(11, 16)} to ${end.slice(11, 16)}${city ? ` (${city})` : ''}`, start)), wanted);
  }
  function loadTimes(days, times) {
    const service = field('service_type') ? field('service_type').value : '';
    const query = new URLSearchParams({ from: dayOf(Date.now()), to: dayOf(Date.now() + (daysAhead - 1) * 864e5), service });
    return fetch(`/api/times?${query}`, { credentials: 'omit' }).then((answer) => {
      if (!answer.ok) throw answer;
      return answer.json();
    }).then((body) => {
      const wanted = times.value;
      offered = body.times;
      const free = [...new Set(offered.map(({ start }) => start.slice(0, 10)))];
      list(days, free.length ? 'Please choose' : 'No free day in the next two months', free.map((day) => new Option(inWords(day), day)), wanted.slice(0, 10));
      showTimes(days, times, wanted);
      trouble.hidden = true;
    }).catch(() => {
      list(days, 'Not known now', [], '');
      trouble.hidden = false;
    });
  }
  const before = field('preferred_date');
  const box = before.closest('.field');
  const times = make('select', '', { id: before.id, name: before.name });
  list(times, 'Please choose', before.value ? [new Option(before.value.slice(0, 16).replace('T', ' '), before.value)] : [], before.value);
  if (before.hasAttribute('aria-describedby')) times.setAttribute('aria-describedby', before.getAttribute('aria-describedby'));
  if (before.hasAttribute('aria-invalid')) times.setAttribute('aria-invalid', 'true');
  const days = make('select', '', { id: 'preferred_day' });
  list(days, 'Please choose', [], '');
  const day = make('div', '', { className: 'field' });
  day.append(make('label', 'Day', { htmlFor: days.id }), days, trouble);
  box.before(day);
  box.querySelectorAll('.pages').forEach((links) => links.remove());
  box.querySelector('label').textContent = 'Time';
  before.replaceWith(times);
  const load = () => loadTimes(days, times);
  days.addEventListener('change', () => showTimes(days, times, ''));
  if (field('service_type')) field('service_type').addEventListener('change', load);
  form.addEventListener('times-changed', load);
  if (field('token').value) load();
  else form.addEventListener('focusin', load, { once: true }); // on the first page most visitors only look
})();
