// check_headers.mjs BUILD_FOLDER HEADER…: each header compiles alone, with the flags of a file beside it or above it.
// Prints those that do not, with the compiler's message, and ends with 1. A header in whose layer nothing is built here
// (the desktop, say) is listed as left out.
//
// Two things save time and hide nothing:
// - A header that stands first in another one with the same flags is compiled alone at the start of that one, so only the
//   others are compiled.
// - Large headers of libraries are precompiled, but only for a header that includes them, directly or through headers of the
//   project: each of those is checked too, so whatever uses a library header comes after an include of it. Where a header
//   is compiled in place of those that stand first in it, the innermost of these must include them.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join, resolve } from "node:path";

const [buildFolder, ...headers] = process.argv.slice(2);

// The first whose includes a header has all is used for it.
const precompiled = [
    ["nlohmann/json.hpp", "QWidget"], ["nlohmann/json.hpp", "QObject"], ["nlohmann/json.hpp"], ["QWidget"], ["QObject"], ["QString"],
];

const otherMacro = /^-D(?!NDEBUG|QT_NO_DEBUG)/; // such as those that name a linked library

// Of files that lie together, the flags of the one that may include most.
const flagsOf = new Map();
for (const { directory, file, command } of JSON.parse(readFileSync(`${buildFolder}/compile_commands.json`))) {
    const words = file.endsWith(".cpp") ? compilerWords(command, file) : [];
    if (words.length > (flagsOf.get(dirname(file))?.words.length ?? 0)) flagsOf.set(dirname(file), { directory, words });
}

// Without the launcher, what names input and output, and the precompiled headers of the build, which would hide a missing include.
function compilerWords(command, file) {
    const words = command.match(/(?:[^\s"\\]|\\.|"(?:[^"\\]|\\.)*")+/g).map((word) => word.replace(/\\(.)/g, "$1"));
    const compiler = words.findIndex((word) => /(^|\/)(c\+\+|g\+\+|clang\+\+)[^/]*$/.test(word));
    const kept = [];
    for (let at = compiler; at < words.length; ++at) {
        if (["-o", "-include", "-MT", "-MF"].includes(words[at])) ++at;
        else if (!["-c", "-MD", "-Winvalid-pch", file].includes(words[at])) kept.push(words[at]);
    }
    return kept;
}

function flagsFor(header) {
    for (let folder = dirname(resolve(header)); folder !== dirname(folder); folder = dirname(folder))
        if (flagsOf.has(folder)) return flagsOf.get(folder);
    return undefined;
}

// path → { first: the project's header that is included before everything else, own: […], library: […] }
const included = new Map();
function includesOf(path) {
    if (included.has(path)) return included.get(path);
    const found = { first: undefined, own: [], library: [] };
    included.set(path, found);
    for (const [, quote, name] of readFileSync(path, "utf8").matchAll(/^#include\s+(["<])([^">]+)[">]/gm)) {
        const own = quote === '"' && [resolve(name), resolve(dirname(path), name)].find((candidate) => existsSync(candidate));
        if (own && found.own.length + found.library.length === 0) found.first = own;
        if (own) found.own.push(own);
        else found.library.push(name);
    }
    return found;
}

function libraryHeaders(path, seen = new Set()) {
    if (seen.has(path)) return new Set();
    seen.add(path);
    const { own, library } = includesOf(path);
    return new Set([...library, ...own.flatMap((header) => [...libraryHeaders(header, seen)])]);
}

function sameFlags(one, other) {
    const flags = flagsFor(one);
    return flags && flags.words.join() === flagsFor(other)?.words.join();
}

function innermostFirst(path) {
    const { first } = includesOf(path);
    return first && sameFlags(first, path) ? innermostFirst(first) : path;
}

function run(flags, words, input) {
    const [compiler, ...rest] = flags.words;
    return new Promise((done) => {
        const child = spawn(compiler, [...rest, ...words], { cwd: flags.directory, stdio: ["pipe", "ignore", "pipe"] });
        let said = "";
        child.stderr.on("data", (text) => (said += text));
        child.on("error", (error) => done({ passed: false, said: error.message }));
        child.on("close", (code) => done({ passed: code === 0, said }));
        child.stdin.on("error", () => {}); // a compiler that could not be started; said above
        child.stdin.end(input);
    });
}

const folder = resolve(buildFolder, "precompiled");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const made = new Map(); // key → promise of the compiler's words that use it

// Search paths and most macros do not matter for these headers. The compiler itself ignores a precompiled header in which a
// macro or flag would matter that differs.
function precompiledFor(header, flags) {
    const library = libraryHeaders(innermostFirst(resolve(header)));
    const names = precompiled.find((set) => set.every((name) => library.has(name)));
    if (!names) return [];
    const kind = flags.words.filter((word, at) =>
        !/^-(I|isystem)/.test(word) && !otherMacro.test(word) && flags.words[at - 1] !== "-isystem");
    const key = JSON.stringify([names, kind]);
    if (!made.has(key)) made.set(key, precompile(names, flags, join(folder, `${made.size}.h`)));
    return made.get(key);
}

async function precompile(names, { directory, words }, file) {
    writeFileSync(file, names.map((name) => `#include <${name}>\n`).join(""));
    const flags = { directory, words: words.filter((word) => !otherMacro.test(word)) };
    const { passed } = await run(flags, ["-x", "c++-header", file, "-o", `${file}.gch`], "");
    return passed ? ["-include", file] : [];
}

async function compile(header) {
    const flags = flagsFor(header);
    if (!flags) {
        console.log(`${header}: left out, nothing of its layer is built`);
        ++leftOut;
        return true;
    }
    const words = [...(await precompiledFor(header, flags)), "-fsyntax-only", "-x", "c++", "-"];
    const { passed, said } = await run(flags, words, `#include "${resolve(header)}"\n`);
    if (!passed) console.error(`${header} does not compile alone:\n${said}`);
    return passed;
}

// Headers that stand first in one that is compiled with the same flags.
const firsts = new Set();
for (const header of headers) {
    const { first } = includesOf(resolve(header));
    if (first && sameFlags(first, header)) firsts.add(first);
}
const queue = headers.filter((header) => !firsts.has(resolve(header)));
let failed = 0, leftOut = 0;
async function worker() {
    while (queue.length > 0) if (!(await compile(queue.shift()))) ++failed;
}
await Promise.all(cpus().map(worker));
console.log(failed === 0 ? `${headers.length - leftOut} headers compile alone` : `${failed} headers do not compile alone`);
process.exit(failed > 0 ? 1 : 0);
