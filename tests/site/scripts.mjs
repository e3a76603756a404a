// SPDX-License-Identifier: Apache-2.0
// node scripts.mjs: the public pages' scripts are ES2019 (what Firefox and WebKit of some years ago understand), small,
// and name no other host and no way to run text as code.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = process.env.STUDIO_SOURCE_DIR ?? process.cwd();
const { parse } = createRequire(join(root, 'package.json'))('acorn');
const folder = join(root, 'resources/site/js');
const mostOfOne = { 'visit.js': 4608 };
// The pages that load most; where times are offered, what chooses them comes on top.
const pages = [
  { scripts: ['site.js', 'visit.js', 'book.js'], most: 12 * 1024 }, { scripts: ['site.js', 'visit.js', 'privacy.js'], most: 10 * 1024 },
  { scripts: ['site.js', 'visit.js', 'book.js', 'times.js'], most: 14 * 1024 }];
const banned = [/\beval\b/, /new Function/, /innerHTML|outerHTML|insertAdjacentHTML|document\.write/, /['"`]https?:\/\/[a-z]/i, /document\.cookie/, /indexedDB/];

const problems = [];
const parses = (text) => { try { parse(text, { ecmaVersion: 2019 }); return true; } catch { return false; } };
for (const later of ['a?.b', 'a ?? b', 'a ||= b', 'class A { x = 1 }', 'try {} catch { await x }', '1n', 'a.at?.(1)'])
  if (parses(later)) problems.push(`the check lets ${later} through`);
const compressed = {};
for (const name of readdirSync(folder)) {
  const text = readFileSync(join(folder, name), 'utf8');
  const bytes = gzipSync(text, { level: 6 }).length;
  compressed[name] = bytes;
  console.log(`${name}: ${text.length} bytes, ${bytes} compressed`);
  try {
    parse(text, { ecmaVersion: 2019 });
  } catch (error) {
    problems.push(`${name}: not ES2019: ${error.message}`);
  }
  if (bytes > (mostOfOne[name] ?? 4096)) problems.push(`${name}: ${bytes} bytes compressed`);
  for (const pattern of banned) if (pattern.test(text)) problems.push(`${name}: ${pattern}`);
}
for (const { scripts, most } of pages) {
  const bytes = scripts.reduce((sum, name) => sum + compressed[name], 0);
  if (bytes > most) problems.push(`${scripts.join(' + ')}: ${bytes} bytes compressed`);
}
for (const name of Object.keys(compressed))
  if (!pages.some(({ scripts }) => scripts.includes(name))) problems.push(`${name}: no page of this check loads it`);
for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);
