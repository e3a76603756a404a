// SPDX-License-Identifier: Apache-2.0
// Serves a folder that site_render_cli wrote, with each page's Content-Security-Policy, on a free loopback port.
// Pictures come from the folder MEDIA, or are drawn on request: an abstract study in the hues of its name.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const types = { js: 'text/javascript', svg: 'image/svg+xml', woff2: 'font/woff2', txt: 'text/plain' };

function study(name) {
  let seed = 7;
  for (const c of name.replace(/-\d+\.\w+$/, '')) seed = (seed * 31 + c.charCodeAt(0)) % 9973;
  const next = () => (seed = (seed * 7919 + 13) % 9973) / 9973;
  const tall = /photo-1\d\d|hero/.test(name) ? 800 : 1200;
  const hue = Math.floor(next() * 360);
  const folds = Array.from({ length: 7 }, (_, i) => {
    const y = 150 + i * 110 + next() * 90;
    return `<path d="M-50 ${y} C ${300 + next() * 200} ${y - 260 * next()}, ${600 + next() * 200} ${y + 260 * next()}, 1250 ${y - 120 * next()} V1250 H-50Z" fill="hsl(${hue + i * 9} ${24 + i * 3}% ${84 - i * 10}%)" fill-opacity=".82"/>`;
  }).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 ${tall}" width="1200" height="${tall}"><rect width="1200" height="1200" fill="hsl(${hue} 30% 90%)"/><circle cx="${300 + next() * 600}" cy="${150 + next() * 250}" r="${90 + next() * 120}" fill="hsl(${hue + 40} 60% 88%)"/>${folds}</svg>`;
}

// Pictures wait for the promise `pictures.held`. `answer(request, path, body)` may answer what is no page: undefined leaves it a 404, else {status, body, headers}.
export async function serve(folder, answer = () => undefined) {
  const pages = JSON.parse(readFileSync(join(folder, 'pages.json'), 'utf8'));
  const policies = new Map(pages.map((page) => [page.name, page.policy]));
  const other = async (request, response, path) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const said = await answer(request, path, Buffer.concat(chunks).toString());
    if (!said) response.writeHead(404).end();
    else if (said.cut) response.destroy();
    else response.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers }).end(JSON.stringify(said.body ?? {}));
  };
  const pictures = { held: undefined };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    // The script asks for the page's own path where it is the privacy page.
    const [, kind, name] = (path === '/privacy' ? '/page/privacy-elegant' : path).split('/');
    if (kind === 'media') await pictures.held;
    if (kind === 'media' && process.env.MEDIA) {
      const type = path.endsWith('.avif') ? 'image/avif' : path.endsWith('.webp') ? 'image/webp' : 'image/jpeg';
      response.writeHead(200, { 'content-type': type }).end(readFileSync(join(process.env.MEDIA, path.slice(7))));
    } else if (kind === 'media') {
      response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(study(path));
    } else if (kind === 'static') {
      response.writeHead(200, { 'content-type': types[name.split('.').pop()] }).end(readFileSync(join(folder, 'static', name)));
    } else if (kind === 'page' && policies.has(name)) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policies.get(name) })
        .end(readFileSync(join(folder, `${name}.html`)));
    } else {
      other(request, response, path).catch((trouble) => { console.error(trouble); response.destroy(); });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { pages, origin: `http://127.0.0.1:${server.address().port}`, pictures, close: () => server.close() };
}
