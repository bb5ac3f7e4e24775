// The letters of the pages: Inter (SIL Open Font License 1.1), cut into parts that a browser loads when it needs them.
// A style names a part as `url("font:latin")`; what it gets is the file, with a hash in its name.
import fs from "node:fs/promises";
import { createRequire } from "node:module";
import subset from "subset-font";

const { resolve } = createRequire(import.meta.url);

/** The weights that the styles use; the rest of the axis would be a third of the file. */
const WEIGHTS = { wght: { min: 400, max: 700 } };

/** Each part: the file that it is cut from and the code points that stay, as in `unicode-range` of style/fonts.css. */
const PARTS = {
  latin: ["latin", [[0x20, 0xff], [0x131], [0x152, 0x153], [0x2bb, 0x2bc], [0x2c6], [0x2da], [0x2dc], [0x2000, 0x206f], [0x20ac], [0x2122], [0x2190, 0x2193], [0x2212], [0x2215]]],
  money: ["latin-ext", [[0x20a0, 0x20ab], [0x20ad, 0x20c0]]],
  "latin-ext": ["latin-ext", [[0x100, 0x130], [0x132, 0x151], [0x154, 0x2ba], [0x2bd, 0x2c5], [0x2c7, 0x2cc], [0x2ce, 0x2d7], [0x2dd, 0x2ff], [0x1e00, 0x1eff]]],
};

/** The licence, which goes wherever the font goes. */
export const licence = await fs.readFile(resolve("@fontsource-variable/inter/LICENSE"));

const characters = ([first, last = first]) => Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)).join("");

/** The bytes of one part, woff2. */
async function cut(part) {
  const [source, ranges] = PARTS[part];
  const whole = await fs.readFile(resolve(`@fontsource-variable/inter/files/inter-${source}-wght-normal.woff2`));
  return subset(whole, ranges.map(characters).join(""), { targetFormat: "woff2", variationAxes: WEIGHTS });
}

/** Lets a style that esbuild bundles name the parts. */
export const fonts = {
  name: "fonts",
  setup(build) {
    build.onResolve({ filter: /^font:/ }, ({ path }) => ({ path: `inter-${path.slice("font:".length)}.woff2`, namespace: "font" }));
    build.onLoad({ filter: /.*/, namespace: "font" }, async ({ path }) => ({
      contents: await cut(path.slice("inter-".length, -".woff2".length)),
      loader: "file",
    }));
  },
};
