/** Print what the desk weighs, gzip: what every visit loads first, and what each page adds. Fails over budget. */
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const DIST = new URL("../dist/", import.meta.url);
const FIRST = 250 * 1024;
const WHOLE = 350 * 1024; // first page signed in, a clerk's desk on an office network
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} kB`;
const text = (name) => readFileSync(new URL(name, DIST), "utf8");
const weight = (names) => [...names].reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, DIST)), { level: 9 }).length, 0);

/** A file and all it imports without waiting. */
function closure(names, seen = new Set()) {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (name.endsWith(".js")) closure([...text(name).matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)].map((found) => `assets/${found[1]}`), seen);
  }
  return seen;
}

const entry = closure(["index.html", ...[...text("index.html").matchAll(/(?:src|href)="\/console\/(assets\/[^"]+)"/g)].map((found) => found[1])]);
let over = false;
function report(name, size, budget) {
  over ||= size > budget;
  console.log(`${name}, gzip: ${kb(size)} of ${kb(budget)}${size > budget ? "  OVER BUDGET" : ""}`);
}

report("console, first load", weight(entry), FIRST);
let heaviest = 0;
for (const name of readdirSync(new URL("assets/", DIST)).filter((each) => /Page-.*\.js$/.test(each)).sort()) {
  const more = [...closure([`assets/${name}`])].filter((each) => !entry.has(each));
  heaviest = Math.max(heaviest, weight(more));
  console.log(`  + ${name.replace(/-.*/, "").padEnd(13)} ${kb(weight(more))}`);
}
report("console, first load and heaviest page", weight(entry) + heaviest, WHOLE);
process.exitCode = over ? 1 : 0;
