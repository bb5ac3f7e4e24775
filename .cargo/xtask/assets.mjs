// Lays out the site folder: hashed script, wasm, style, fonts and chart library, public files, compressed copies.
//
//   node assets.mjs --bindgen DIR --site DIR --style FILE --public DIR [--optimise]
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import esbuild from "esbuild";
import { compressAll } from "./compress.mjs";
import { fonts, licence } from "./fonts.mjs";

const { values: options } = parseArgs({
  options: {
    bindgen: { type: "string" },
    site: { type: "string" },
    style: { type: "string" },
    public: { type: "string" },
    optimise: { type: "boolean", default: false },
  },
});
const { bindgen, site, optimise } = options;
const here = path.dirname(fileURLToPath(import.meta.url));
const produced = new Set();

/** Writes a file of the site, unless it already holds exactly this, so that what depends on it stays fresh. */
function put(name, content) {
  const file = path.join(site, name);
  produced.add(name);
  if (fs.existsSync(file) && fs.readFileSync(file).equals(Buffer.from(content))) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (const copy of [".br", ".gz"]) fs.rmSync(file + copy, { force: true });
  fs.writeFileSync(file, content);
}

/** Writes `pkg/NAME.HASH.EXTENSION` and returns the hash. */
function putHashed(name, extension, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  put(`pkg/${name}.${hash}.${extension}`, content);
  return hash;
}

function filesUnder(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join("/"));
}

/** Leaves `url(/icon.svg)` in a style as it is: the server has that file. */
const absoluteUrls = {
  name: "absolute-urls",
  setup: (build) =>
    build.onResolve({ filter: /^\// }, ({ kind }) => (kind === "url-token" ? { external: true } : undefined)),
};

/** Bundles one entry file and returns its text; the files that it names stand beside it, each with a hash in its name. */
async function bundle(entry, settings = {}) {
  const result = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: optimise,
    legalComments: "none",
    logLevel: "warning",
    target: ["es2022", "chrome111", "firefox114", "safari16.4"],
    plugins: [absoluteUrls, fonts],
    outdir: "pkg",
    assetNames: "[name].[hash]",
    define: { "process.env.NODE_ENV": '"production"' },
    ...settings,
  });
  const [output] = result.outputFiles.splice(result.outputFiles.findIndex(({ path: name }) => /\.(css|js)$/.test(name)), 1);
  for (const { path: name, contents } of result.outputFiles) put(`pkg/${path.basename(name)}`, contents);
  return output.text;
}

// The pieces that wasm-split cut off, and which of them each page needs, by the names that its script gives them.
const named = (file) => fs.readFileSync(path.join(bindgen, file), "utf8");
let loaders = fs.existsSync(path.join(bindgen, "__wasm_split.js")) ? named("__wasm_split.js") : "";
const pieces = new Map();
for (const name of filesUnder(bindgen).filter((name) => /^(split|chunk)_.*\.wasm$/.test(name))) {
  const stem = name.slice(0, -".wasm".length);
  const file = `${stem}.${putHashed(stem, "wasm", fs.readFileSync(path.join(bindgen, name)))}.wasm`;
  loaders = loaders.replaceAll(`"./${name}"`, `"./${file}"`);
}
const chunks = new Map(
  [...loaders.matchAll(/const (__chunk_\d+) = makeLoad\(.*?"\.\/([^"]+)".*?\n, \[\]\);/gs)].map(([, name, file]) => [name, file]),
);
for (const [, name, fetches, needs] of loaders.matchAll(
  /export const __wasm_split_load_(\w+) = wrapAsyncCb\(makeLoad\((.*?), \[([^\]]*)\]\)\);/gs,
)) {
  const own = fetches.match(/"\.\/([^"]+\.wasm)"/)?.slice(1) ?? [];
  pieces.set(name, [...needs.split(", ").filter(Boolean).map((chunk) => chunks.get(chunk)), ...own]);
}

// The script names its wasm only when a caller does not; let it then name the hashed file as well.
const wasm = putHashed("expenso", "wasm", fs.readFileSync(path.join(bindgen, "expenso_bg.wasm")));
const sources = {
  "expenso.js": named("expenso.js").replaceAll("expenso_bg.wasm", `expenso.${wasm}.wasm`),
  "__wasm_split.js": loaders,
};
// What wasm-bindgen and wasm-split wrote name each other: as one script they can have one hash.
const script = await bundle(path.join(bindgen, "expenso.js"), {
  format: "esm",
  target: "es2022",
  // wasm-bindgen names the same module once for each function that it takes from it.
  logOverride: { "duplicate-object-key": "silent" },
  plugins: [
    {
      name: "hashed-names",
      setup: (build) =>
        build.onLoad({ filter: /(expenso|__wasm_split)\.js$/ }, ({ path: file }) => ({ contents: sources[path.basename(file)] })),
    },
  ],
});
const js = putHashed("expenso", "js", script);
const css = putHashed("expenso", "css", await bundle(options.style));
const echarts = putHashed("echarts", "js", await bundle(path.join(here, "echarts.mjs"), { format: "iife" }));

for (const name of filesUnder(options.public)) put(name, fs.readFileSync(path.join(options.public, name)));
put("pkg/inter-licence.txt", licence);
// What every page shows at once; names in other alphabets ask for the rest.
const first = [...produced].map((name) => path.basename(name)).filter((name) => /^inter-(latin|money)\..*\.woff2$/.test(name));
const lists = {
  fonts: first,
  echarts: [`echarts.${echarts}.js`],
  wake: [`expenso.${js}.js`, `expenso.${wasm}.wasm`],
  ...Object.fromEntries([...pieces].sort().map(([name, files]) => [`piece ${name}`, files])),
};
const lines = Object.entries(lists).map(([name, files]) => `${name}: ${files.join(" ")}\n`);
put("pkg/hash.txt", `js: ${js}\nwasm: ${wasm}\ncss: ${css}\n${lines.join("")}`);

const copies = optimise ? await compressAll(site, [...produced]) : [];
for (const name of filesUnder(site)) {
  if (!produced.has(name) && !copies.includes(name)) fs.rmSync(path.join(site, name));
}

const size = (name) => fs.statSync(path.join(site, name)).size;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
for (const name of [...produced].filter((name) => name.startsWith("pkg/") && size(name) > 1000).sort()) {
  const br = copies.includes(`${name}.br`) ? `, ${kilobytes(size(`${name}.br`))} compressed` : "";
  console.log(`  ${name}: ${kilobytes(size(name))}${br}`);
}
const total = [...produced].reduce((sum, name) => sum + size(name), 0);
console.log(`  ${path.relative(process.cwd(), site)}: ${produced.size} files, ${kilobytes(total)} before compression`);
