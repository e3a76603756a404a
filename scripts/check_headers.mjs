// check_headers.mjs BUILD_FOLDER HEADER…: each header compiles alone, with the flags of a file beside it or above it.
// Names those that do not, with the compiler's words, and ends with 1. A header in whose layer nothing is built here
// (the desktop, say) is named as left out.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, resolve } from "node:path";

const [buildFolder, ...headers] = process.argv.slice(2);
// Of files that lie together, the flags of the one that may include most.
const flagsOf = new Map();
for (const { directory, file, command } of JSON.parse(readFileSync(`${buildFolder}/compile_commands.json`))) {
    const words = file.endsWith(".cpp") ? compilerWords(command, file) : [];
    if (words.length > (flagsOf.get(dirname(file))?.words.length ?? 0)) flagsOf.set(dirname(file), { directory, words });
}

// Without the launcher, what names input and output, and the precompiled headers, which would hide a missing include.
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

function compile(header) {
    const flags = flagsFor(header);
    if (!flags) {
        console.log(`${header}: left out, nothing of its layer is built`);
        return Promise.resolve(true);
    }
    const [compiler, ...words] = flags.words;
    return new Promise((done) => {
        const child = spawn(compiler, [...words, "-fsyntax-only", "-x", "c++", "-"], {
            cwd: flags.directory, stdio: ["pipe", "ignore", "pipe"],
        });
        let said = "";
        child.stderr.on("data", (text) => (said += text));
        child.on("error", (error) => { console.error(`${header}: ${error.message}`); done(false); });
        child.on("close", (code) => {
            if (code !== 0) console.error(`${header} does not compile alone:\n${said}`);
            done(code === 0);
        });
        child.stdin.end(`#include "${resolve(header)}"\n`);
    });
}

let failed = 0;
async function worker() {
    while (headers.length > 0) if (!(await compile(headers.shift()))) ++failed;
}
const all = headers.length;
await Promise.all(cpus().map(worker));
console.log(`${all - failed} of ${all} headers compile alone`);
process.exit(failed > 0 ? 1 : 0);
