// The figures as Markdown.

import { growth } from './aims.mjs';
import { CONDITIONS } from './phone.mjs';

/** `1k`, `100k`, `1M`. */
const short = (records) => (records >= 1e6 ? `${records / 1e6}M` : records >= 1000 ? `${records / 1000}k` : `${records}`);

/** A number with as many places as tell something, or as many as are asked for. */
function number(value, places = value >= 100 ? 0 : value >= 10 ? 1 : 2) {
  return Number.isFinite(value) ? value.toFixed(places) : '–';
}

/** Names on the left, figures on the right. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

const costs = ({ p50, p99, cpu }) => [p50, p99, cpu].map((value) => number(value)).join(' / ');

function deeds(books) {
  const sizes = books.map((book) => short(book.records));
  const ends = `${sizes.at(-1)} : ${sizes[0]}`;
  const names = Object.keys(books[0].deeds);
  const rows = names.map((name) => {
    const { ratio, exponent } = growth(books, name);
    const kb = books.at(-1).deeds[name].kb;
    return [name, ...books.map((book) => costs(book.deeds[name])), number(ratio), number(exponent, 3), kb ? number(kb) : ''];
  });
  const bare = Object.keys(books[0].bare).map((name) => [name, ...books.map((book) => costs(book.bare[name])), '', '', '']);
  return table(['p50 / p99 / CPU, ms', ...sizes, ends, 'exponent', `kB at ${sizes.at(-1)}`], [...rows, ...bare]);
}

function server(books) {
  const row = (name, of) => [name, ...books.map((book) => of(book))];
  const mb = ({ all, own }) => `${number(all)} (${number(own)})`;
  return table(['', ...books.map((book) => short(book.records))], [
    row('start to ready, ms', (book) => number(book.start)),
    row('memory idle, MB (without files)', (book) => mb(book.memory.idle)),
    row('memory after the run, MB (without files)', (book) => mb(book.memory.after)),
    row('adds a second, one at a time', (book) => number(1000 / book.deeds['add a record'].p50)),
    row('adds a second, 8 at once', (book) => number(book.deeds['add, 8 at once'].perSecond)),
    row('bare inserts a second, 8 at once', (book) => number(book.bare['bare insert, 8 at once'].perSecond)),
    row('database, MB', (book) => number(book.database)),
    row('records filled in a second', (book) => number(book.records / book.fill)),
  ]);
}

function ratios(books) {
  const row = (name, deed, bare) => [name, ...books.map((book) => number(book.deeds[deed].p50 / book.bare[bare].p50))];
  return table(['p50 against p50', ...books.map((book) => short(book.records))], [
    row('add a record : bare insert and commit', 'add a record', 'bare insert'),
    row('dashboard window : bare JSON', 'dashboard window', 'bare JSON'),
    row('GET /dashboard : bare JSON', 'GET /dashboard', 'bare JSON'),
    row('list page : bare JSON', 'list page', 'bare JSON'),
  ]);
}

function scores(lighthouse) {
  if (lighthouse.failed) return `Not measured: ${lighthouse.failed}`;
  const figures = Object.keys(Object.values(lighthouse)[0]);
  const rows = Object.entries(lighthouse).map(([path, page]) => [path, ...figures.map((figure) => number(page[figure], 0))]);
  return table(['', ...figures.map((figure) => (figure === 'blocking' ? 'blocking, ms' : figure))], rows);
}

/** Where the figures come from, a line for each fact. */
export const origin = (machine) => machine.map(([name, value]) => `- ${name}: ${value}`).join('\n');

const verdict = { true: 'met', false: '**not met**', null: 'not measured' };

/** Whether each aim is met. */
export const verdicts = (aims) => aims.map(({ aim, measured, met }) => `- ${verdict[met]}: ${aim} (${measured})`).join('\n');

/** The whole report. */
export function report({ books, aims, lighthouse, machine, day }) {
  const rounds = Math.min(...books.flatMap((book) => Object.values(book.deeds).map((deed) => deed.rounds)));
  return `# Measures

Written by \`cargo xtask bench\` on ${day}; no number is typed by hand.

${origin(machine)}

Each book belongs to a person whose records are spread evenly over ten years, with bills and budgets, on SQLite:
one record in twenty is income, one a transfer, one split over two categories, one spent in another currency at a rate of
its day. The release server is asked over one kept connection, answers are read to their end, and ${rounds} rounds or more count after a
warm-up. CPU is what the server's process used for one request. The bare server is axum and sqlx with nothing around
them (\`server/examples/bare.rs\`), asked the same way, on the same disk, with \`synchronous=FULL\` as well.

## Requests

${deeds(books)}

The exponent is log(ratio) / log(records : records) of the medians: 0 is no growth, 1 as fast as the history.

## Ratios

${ratios(books)}

## The server

${server(books)}

## Lighthouse

Scores of 100 on its emulated phone, medians of three loads of the demo book.

${scores(lighthouse)}

## Aims

A phone is ${CONDITIONS}.

${verdicts(aims)}
`;
}
