// One size of book: filled, served by the real server, and measured beside the bare one on the same disk.

import { stat } from 'node:fs/promises';
import path from 'node:path';
import { bareServer } from '../fixtures/bare.mjs';
import { EVERYTHING, PASSWORD, Person, dayAfter, formBody, newId, today } from '../fixtures/person.mjs';
import { Server } from '../fixtures/server.mjs';
import { Client } from './client.mjs';
import { atOnce, inTurn, median } from './measure.mjs';
import { memory } from './process.mjs';

const STARTS = 5;

/** Nine of the ten years that the records are spread over. */
const LONG_AGO = { day: dayAfter(-9 * 365), id: newId() };

/** The parameters of a search that finds one record in twelve. */
const SEARCH = { ...EVERYTHING, search: 'swiggy' };

/** The year before this one. */
const LAST_YEAR = Number(today().slice(0, 4)) - 1;
const YEAR = { step: 'year', period: { start: `${LAST_YEAR}-01-01`, end: `${LAST_YEAR + 1}-01-01` }, against: null };

/** Thirty, shared by three of the person's categories. */
async function splitFields(person) {
  const { categories } = await person.book();
  const three = categories.filter((category) => category.kind === 'expense').slice(0, 3);
  const part = ({ id }, at) => [['category', id], ['amount', String(5 * (at + 1))], ['note', '']].map(([name, value]) => [`parts][${at}][${name}`, value]);
  return { amount: '30', ...Object.fromEntries(three.flatMap(part)) };
}

/** Measures by name: `{ records, bare, deeds, memory, start, fill, database }`. */
export async function measureBook(records) {
  const server = await Server.prepare();
  try {
    const email = 'many@example.org';
    const began = performance.now();
    await server.command('fill', '--records', String(records), '--email', email, '--password', PASSWORD);
    const fill = (performance.now() - began) / 1000;
    const bare = await measureBare(path.join(server.data, 'bare.db'));
    const starts = [];
    for (let at = 0; at < STARTS; at += 1) {
      await server.end();
      starts.push(await server.run());
    }
    const idle = await memory(server.pid);
    const person = await Person.logIn(server.url, { email });
    const deeds = await measureDeeds(server, person);
    const after = await memory(server.pid);
    await server.end();
    const database = (await stat(server.database)).size / 1e6;
    return { records, bare, deeds, memory: { idle, after }, start: median(starts), fill, database };
  } finally {
    await server.stop();
  }
}

async function measureBare(database) {
  const bare = await bareServer(database);
  const client = new Client(bare.url);
  try {
    const insert = () => client.ask('POST', '/insert');
    return {
      'bare JSON': await inTurn(bare.pid, () => client.get('/json')),
      'bare insert': await inTurn(bare.pid, insert, { changes: true }),
      'bare insert, 8 at once': await atOnce(bare.pid, insert),
    };
  } finally {
    client.close();
    await bare.end();
  }
}

async function measureDeeds(server, person) {
  const client = new Client(server.url, person);
  await person.recordFields();
  const list = (filter, after = null) => () => client.json('list_records', { filter, after });
  const add = async () => client.form('save_record', formBody(await person.recordFields({ amount: '5', payee: 'Corner shop', note: 'milk' })));
  const parts = await splitFields(person);
  const split = async () => client.form('save_record', formBody(await person.recordFields(parts)));
  const { accounts } = await person.book();
  const dollars = accounts.find((account) => account.name === 'Dollars').id;
  const abroad = async () => client.form('save_record', formBody(await person.recordFields({ amount: '5', account: dollars, rate: '84.25', rate_day: '' })));
  const page = (headers) => () => client.get('/dashboard', { accept: 'text/html', ...headers });
  try {
    return {
      'dashboard window': await inTurn(server.pid, () => client.form('load_book', '')),
      'GET /dashboard': await inTurn(server.pid, page()),
      'GET /dashboard, compressed': await inTurn(server.pid, page({ 'accept-encoding': 'gzip, deflate, br, zstd' })),
      'list page': await inTurn(server.pid, list(EVERYTHING)),
      'list page of nine years ago': await inTurn(server.pid, list(EVERYTHING, LONG_AGO)),
      search: await inTurn(server.pid, list(SEARCH)),
      'sum of the search': await inTurn(server.pid, () => client.json('sum_records', { filter: SEARCH })),
      'report of a year': await inTurn(server.pid, () => client.json('load_report', { choice: YEAR })),
      'GET /reports of a year': await inTurn(server.pid, () => client.get(`/reports?span=year&at=${YEAR.period.start}`, { accept: 'text/html' })),
      'add a record': await inTurn(server.pid, add, { changes: true }),
      'add, 8 at once': await atOnce(server.pid, add),
      'add a record in three parts': await inTurn(server.pid, split, { changes: true }),
      'add a record in a foreign currency': await inTurn(server.pid, abroad, { changes: true }),
    };
  } finally {
    client.close();
  }
}
