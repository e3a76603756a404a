// SPDX-License-Identifier: Apache-2.0
// Says on the privacy page what is stored about this browser. "Forget me" beside it works without this script.
(() => {
  const place = document.querySelector('#held');
  if (!place || !window.fetch) return;
  const counted = (number, one, many) => `${number === 1 ? one : `${number} ${many}`}`;
  fetch('/privacy/held').then((answer) => {
    if (!answer.ok) throw answer;
    return answer.json();
  }).then(({ cookie, visits = 0, events = 0 }) => {
    place.textContent = cookie
      ? `You have accepted the cookie. Stored about this browser: ${counted(visits, 'one visit', 'visits')} with ${counted(events, 'one event', 'events')}.`
      : 'You have no cookie from this site. Nothing that is stored can be linked to you.';
    place.hidden = false;
  }).catch(() => {
    place.textContent = 'This information cannot be shown right now. Please try again in a minute.';
    place.hidden = false;
  });
})();
