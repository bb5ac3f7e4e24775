// Many people at once, for a while: `node bench/load.mjs load [minutes] [people] [records]` writes LOAD.md beside itself;
// `soak` has fewer people, who stay longer, and writes SOAK.md.
// Each looks at something or saves a record, and thinks for one to three seconds before going on. In the end the server
// is told to stop while they go on.

import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { EVERYTHING, PASSWORD, Person, formBody, newId, today } from '../fixtures/person.mjs';
import { Server } from '../fixtures/server.mjs';
import { Client } from './client.mjs';
import { machine } from './machine.mjs';
import { quantile } from './measure.mjs';
import { handles, memory } from './process.mjs';
import { origin, table, verdicts } from './report.mjs';

/** For how many minutes how many people look at how many records together, unless the words say otherwise. */
const USUAL = { load: [10, 200, 1_000_000], soak: [60, 50, 100_000] };
const [run, ...numbers] = process.argv.slice(2);
const [minutes, people, records] = USUAL[run].map((usual, at) => Number(numbers[at] ?? usual));

/** So many books are looked at, each by several people at once. */
const BOOKS = Math.min(40, people);
/** One deed in ten saves something. */
const SAVES = 0.1;
/** How long a person thinks, in milliseconds: so much, and up to so much more. */
const [THINKS, LONGER] = [1000, 2000];
/** What was seen in the first share of the time warms up, and does not count. */
const WARM_UP = 0.1;

const html = { accept: 'text/html' };
const READS = {
  'GET /dashboard': ({ client }) => client.get('/dashboard', html),
  'GET /records': ({ client }) => client.get('/records', html),
  'GET /reports': ({ client }) => client.get('/reports', html),
  'dashboard window': ({ client }) => client.form('load_book', ''),
  'list page': ({ client }) => client.json('list_records', { filter: EVERYTHING, after: null }),
};
const save = ({ client, fields }) => client.form('save_record', formBody({ ...fields, id: newId() }));

const state = async ({ pid }) => ({ memory: (await memory(pid)).own, handles: await handles(pid) });
const pick = (list) => list[Math.floor(Math.random() * list.length)];

/** Signs everybody in, one after the other. */
async function signIn(server) {
  const users = [];
  for (let at = 0; at < people; at += 1) {
    const person = await Person.logIn(server.url, { email: `person${at % BOOKS}@example.org` });
    const fields = await person.recordFields({ amount: '5', payee: 'Corner shop', note: 'milk' });
    users.push({ client: new Client(server.url, person), fields });
  }
  return users;
}

const server = await Server.prepare({ EXPENSO_WRITES_PER_TEN_MINUTES: '1000000' });
try {
  console.log(`${BOOKS} books of ${records / BOOKS} records …`);
  for (let at = 0; at < BOOKS; at += 1) {
    await server.command('fill', '--records', String(Math.ceil(records / BOOKS)), '--email', `person${at}@example.org`, '--password', PASSWORD);
  }
  await server.run();
  const users = await signIn(server);

  console.log(`${minutes} minutes …`);
  const [start, end] = [performance.now(), performance.now() + minutes * 60_000];
  const counts = (at) => at > start + (end - start) * WARM_UP && at < end;
  const [times, failures] = [new Map(), []];
  let stopping = false;
  const live = async (user) => {
    await pause(Math.random() * (THINKS + LONGER));
    while (!stopping) {
      const isSave = Math.random() < SAVES;
      const [name, deed] = isSave ? ['add a record', save] : pick(Object.entries(READS));
      const before = performance.now();
      try {
        await deed(user);
        if (counts(before)) times.set(name, [...(times.get(name) ?? []), performance.now() - before]);
      } catch (error) {
        if (!stopping) failures.push(`${name}: ${error.message.slice(0, 200)}`);
      }
      await pause(THINKS + Math.random() * LONGER);
    }
  };
  const lives = users.map(live);
  await pause((end - start) * WARM_UP);
  const before = await state(server);
  await pause(end - performance.now());
  const after = await state(server);

  // What is under way when the server is told to stop is answered.
  const begun = performance.now();
  const asked = users.slice(0, 50);
  const last = Promise.allSettled(asked.map((user) => user.client.get('/dashboard', html)));
  await pause(5);
  stopping = true;
  await server.end('SIGTERM');
  const stopped = (performance.now() - begun) / 1000;
  const answered = (await last).filter((one) => one.status === 'fulfilled').length;
  await Promise.all(lives);

  const all = [...times.values()].flat();
  const row = (name, seen) => [name, seen.length, ...[0.5, 0.95, 0.99, 1].map((share) => quantile(seen, share).toFixed(1))];
  const rows = [...times].toSorted(([one], [other]) => one.localeCompare(other)).map(([name, seen]) => row(name, seen));
  const [p95, p99] = [quantile(all, 0.95), quantile(all, 0.99)];
  const grown = after.memory - before.memory;
  const aims = [
    { aim: '95 of 100 answers within 250 ms', measured: `${p95.toFixed(0)} ms`, met: p95 < 250 },
    { aim: '99 of 100 within a second', measured: `${p99.toFixed(0)} ms`, met: p99 < 1000 },
    { aim: 'No request fails', measured: `${failures.length} of ${all.length + failures.length}`, met: failures.length === 0 },
    { aim: 'Memory grows by less than 50 MB after the first tenth of the time', measured: `${grown.toFixed(1)} MB, to ${after.memory.toFixed(0)}`, met: grown < 50 },
    { aim: 'No more files and sockets are open in the end', measured: `${before.handles}, ${after.handles} in the end`, met: after.handles <= before.handles + people / 10 },
    { aim: 'Told to stop, it ends within ten seconds', measured: `${stopped.toFixed(1)} s, with ${answered} of ${asked.length} pages that were asked for just before`, met: stopped < 10 },
  ];
  const text = `# Many people at once

Written by \`cargo xtask bench ${run}\` on ${today()}; no number is typed by hand.

${origin(machine())}

${people} people log in to ${BOOKS} books of ${records / BOOKS} records each, on SQLite, for ${minutes} minutes. Each does something and thinks for one
to three seconds; one deed in ten saves a record. They and the server share the machine.

${table(['deed', 'times', 'p50, ms', 'p95', 'p99', 'longest'], [...rows, row('all', all)])}

${verdicts(aims)}
`;
  await writeFile(new URL(`${run.toUpperCase()}.md`, import.meta.url), text);
  console.log(text, failures.slice(0, 10));
} finally {
  await server.stop();
}
