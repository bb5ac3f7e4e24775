// Writes `.br` and `.gz` beside every file of the site that gains from it, which the server then sends as they are.
import fs from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);
const KINDS = /\.(css|html|ico|js|json|map|mjs|svg|txt|wasm|webmanifest|xml)$/;
const WORTH_IT = 1000;

async function modified(file) {
  try {
    return (await fs.stat(file)).mtimeMs;
  } catch {
    return -1;
  }
}

/** Compresses one file both ways, unless copies at least as new as it are there. */
async function compress(file) {
  const since = await modified(file);
  if ((await modified(`${file}.br`)) >= since && (await modified(`${file}.gz`)) >= since) return;
  const content = await fs.readFile(file);
  const quality = { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const [br, gz] = await Promise.all([brotli(content, { params: quality }), gzip(content, { level: 9 })]);
  await fs.writeFile(`${file}.br`, br);
  await fs.writeFile(`${file}.gz`, gz);
}

/** Compresses the named files of a folder side by side, and returns the names of the copies. */
export async function compressAll(folder, names) {
  const worthIt = [];
  for (const name of names) {
    if (KINDS.test(name) && (await fs.stat(path.join(folder, name))).size > WORTH_IT) worthIt.push(name);
  }
  await Promise.all(worthIt.map((name) => compress(path.join(folder, name))));
  return worthIt.flatMap((name) => [`${name}.br`, `${name}.gz`]);
}
