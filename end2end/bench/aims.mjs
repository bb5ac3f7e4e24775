// The aims of the design, and whether the figures of this run meet them.

/** The steepest growth that counts as none: the exponent of the number of records. */
const FLAT = 0.1;

/** What may not cost more because the history is longer, and what it is called. */
const FLAT_DEEDS = {
  'dashboard window': 'A dashboard window',
  'list page': 'A page of the list',
  'report of a year': 'A report of a year',
  'add a record': 'Adding a record',
  'add a record in three parts': 'Adding a split record',
  'add a record in a foreign currency': 'Adding a foreign record',
};

/** How the median of a deed grows from the smallest book to the largest: the ratio, and the exponent. */
export function growth(books, deed) {
  const [small, large] = [books[0], books.at(-1)];
  const ratio = large.deeds[deed].p50 / small.deeds[deed].p50;
  return { ratio, exponent: Math.log(ratio) / Math.log(large.records / small.records) };
}

/** The dearest book by some figure, and the cheapest. */
const most = (books, figure) => Math.max(...books.map(figure));
const least = (books, figure) => Math.min(...books.map(figure));

const ms = (value) => `${value.toFixed(2)} ms`;
const times = (value) => `${value.toFixed(2)} times`;
const below = (aim, value, limit, write) => ({ aim, measured: write(value), met: value < limit });

/** `[{ aim, measured, met }]`; `met` is null for what was not measured. */
export function aims(books, phone, lighthouse) {
  const of = (deed, field) => (book) => book.deeds[deed][field];
  const addToBare = (book) => book.deeds['add a record'].p50 / book.bare['bare insert'].p50;
  const together = (book) => book.deeds['add, 8 at once'].perSecond * (book.deeds['add a record'].p50 / 1000);
  const hundred = books.find((book) => book.records === 100_000);
  const growing = (deed, name) => {
    const { exponent } = growth(books, deed);
    return below(`${name} costs the same in the largest book as in the smallest: growth exponent under ${FLAT}`, exponent, FLAT, (value) => value.toFixed(3));
  };
  const cpu = (deed, name) => {
    const aim = `${name} takes under 1 ms of processor time at 100,000 records`;
    return hundred ? below(aim, of(deed, 'cpu')(hundred), 1, ms) : { aim, measured: 'not among the sizes', met: null };
  };
  return [
    ...(books.length > 1 ? Object.entries(FLAT_DEEDS).map(([deed, name]) => growing(deed, name)) : []),
    cpu('dashboard window', 'A dashboard window'),
    cpu('GET /dashboard', 'The whole dashboard page'),
    below('Adding a record, durable, takes at most twice as long as a bare insert and commit', most(books, addToBare), 2, times),
    {
      aim: 'Writers at once share commits: eight add at least twice as many a second as one',
      measured: times(least(books, together)),
      met: least(books, together) >= 2,
    },
    below('Idle memory is under 40 MB', most(books, (book) => book.memory.idle.all), 40, (value) => `${value.toFixed(1)} MB`),
    below('Ready within 0.3 s of the start', most(books, (book) => book.start), 300, (value) => `${value.toFixed(0)} ms`),
    ...phoneAims(phone),
    ...lighthouseAims(lighthouse),
  ];
}

function phoneAims(phone) {
  const seconds = (value) => `${(value / 1000).toFixed(2)} s`;
  const rows = [
    ['Phone, cold: real numbers are visible within 1.5 s', 'numbers', 1500, seconds],
    ['Phone, cold: interactive within 4 s', 'interactive', 4000, seconds],
    ['Phone, cold: at most 500 kB on the wire before interaction', 'wire', 500.001, (value) => `${value.toFixed(0)} kB`],
    ['Phone, warm: real numbers are visible within 0.7 s', 'warm', 700, seconds],
    ['Phone: a saved record is listed within 100 ms of the press', 'listedSlow', 100, ms],
    ['The same at the full speed of this machine', 'listed', 100, ms],
  ];
  return rows.map(([aim, figure, limit, write]) =>
    phone.failed ? { aim, measured: phone.failed, met: null } : below(aim, phone[figure], limit, write));
}

/** What Lighthouse's scores, of 100, must reach at least. */
const SCORES = { performance: 95, accessibility: 100, 'best-practices': 100 };

function lighthouseAims(lighthouse) {
  if (lighthouse.failed) return [{ aim: 'Lighthouse', measured: lighthouse.failed, met: null }];
  return Object.entries(SCORES).map(([category, least]) => {
    const scores = Object.entries(lighthouse).map(([path, page]) => [path, page[category]]);
    const measured = scores.map(([path, score]) => `${path} ${score}`).join(', ');
    return { aim: `Lighthouse, ${category} on a phone: at least ${least}`, measured, met: scores.every(([, score]) => score >= least) };
  });
}
