#!/usr/bin/env node
// A handout in a real browser: nothing fetched, no error on the console, every link leads somewhere, an accessibility
// checker finds nothing, dark and light, wide and narrow; and its pages as A4 and Letter.
//
//   tools/handout.mjs HANDOUT.html FOLDER
//
// FOLDER gets a picture of each view and a PDF of each paper. Needs Chromium (CHROMIUM names it, else
// /usr/bin/chromium) and, in a folder that NODE_MODULES names: `npm install puppeteer-core axe-core`.
// Prints a line for each check; exit 1 where one fails.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const [page_file, folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: tools/handout.mjs HANDOUT.html FOLDER");
  process.exit(2);
}
const require = createRequire(resolve(process.env.NODE_MODULES ?? "node_modules", "x.js"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
mkdirSync(folder, { recursive: true });

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
let failed = false;
const tell = (what, wrong) => {
  failed ||= wrong.length > 0;
  console.log(`${what}: ${wrong.length ? "FAILED: " + wrong.join("; ") : "nothing wrong"}`);
};

const page = await browser.newPage();
const said = [], asked = [];
page.on("console", (m) => said.push(m.text()));
page.on("pageerror", (e) => said.push(String(e)));
page.on("request", (r) => asked.push(r.url()));
// The checker is put in from outside, which the page itself forbids.
await page.setBypassCSP(true);
const address = "file://" + resolve(page_file);
await page.goto(address);
tell("console", said);
tell("requests", asked.filter((url) => url !== address && !url.endsWith("/favicon.ico")));

const lost = await page.$$eval("a", (links) =>
  links.map((a) => a.getAttribute("href")).filter((h) => !h.startsWith("#") || !document.getElementById(h.slice(1))));
const links = await page.$$eval("a", (all) => all.length);
tell(`${links} links`, lost);
const ids = await page.$$eval("[id]", (all) => all.map((e) => e.id));
tell(`${ids.length} ids`, ids.filter((id, at) => ids.indexOf(id) !== at));

for (const scheme of ["light", "dark"]) {
  for (const [name, width, height] of [["wide", 1280, 1600], ["narrow", 390, 1400]]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setViewport({ width, height });
    await page.screenshot({ path: `${folder}/${scheme}-${name}.png` });
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    tell(`${scheme}, ${name}: width`, sideways > 0 ? [`${sideways} pixels too wide`] : []);
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const wrong = found.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`);
    tell(`${scheme}, ${name}: axe-core ${found.testEngine.version}`, wrong);
  }
}
for (const format of ["a4", "letter"]) {
  await page.pdf({ path: `${folder}/${format}.pdf`, format, preferCSSPageSize: false });
  console.log(`${format}: ${folder}/${format}.pdf`);
}
await browser.close();
process.exit(failed ? 1 : 0);
