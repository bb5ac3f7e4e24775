// How long a person waits: `npm run bench [records]`. Prints milliseconds, by the real binary on a book of many records.

import { EVERYTHING, Person, dayAfter } from '../fixtures/person.mjs';
import { Server } from '../fixtures/server.mjs';

const RECORDS = Number(process.argv[2] ?? 2000);
const ROUNDS = 50;
/** Saves under way at once while the book is filled. */
const WRITERS = 8;

async function times(deed) {
  const taken = [];
  for (let at = 0; at < ROUNDS; at += 1) {
    const start = performance.now();
    await deed(at);
    taken.push(performance.now() - start);
  }
  const sorted = taken.toSorted((a, b) => a - b);
  const part = (share) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1));
  return { median: part(0.5), p95: part(0.95), slowest: part(1) };
}

async function page(person, path) {
  const answer = await person.fetch(path);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  await answer.text();
}

const server = await Server.start();
try {
  const person = await Person.signUp(server.url);
  await person.recordFields();
  await person.limit('1000000');
  let next = 0;
  const writer = async () => {
    while (next < RECORDS) {
      const at = next++;
      await person.save({ amount: `${1 + (at % 500)}`, payee: `payee ${at % 40}`, date: dayAfter(-(at % 365)) });
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: WRITERS }, writer));
  const seconds = (performance.now() - start) / 1000;
  console.log(`${RECORDS} records saved by ${WRITERS} at once: ${Math.round(RECORDS / seconds)} a second`);
  console.table({
    'save a record': await times(() => person.save({ amount: '5' })),
    'first page of the list': await times(() => person.ask('list_records', { filter: EVERYTHING, after: null })),
    search: await times(() => person.ask('list_records', { filter: { ...EVERYTHING, search: 'payee 7' }, after: null })),
    'sums': await times(() => person.sums()),
    'load the book': await times(() => person.book()),
    '/dashboard': await times(() => page(person, '/dashboard')),
    '/records': await times(() => page(person, '/records')),
  });
} finally {
  await server.stop();
}
