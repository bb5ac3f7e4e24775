import { stat } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { size, spread, tell } from '../fixtures/full.mjs';
import { Person, newId } from '../fixtures/person.mjs';
import { POSTGRES, freshDatabase } from '../fixtures/postgres.mjs';
import { longReader } from '../fixtures/python.mjs';
import { Server } from '../fixtures/server.mjs';

test.describe.configure({ timeout: size(120_000, 300_000) });

const WRITERS = 16;
const SECONDS = size(8, 60);
const READER_SECONDS = size(5, 30);

const UNLIMITED = { EXPENSO_WRITES_PER_TEN_MINUTES: '1000000' };

/** Sixteen save what `fields(writer, count)` says for some seconds; answers how long each save took. Each must go well. */
async function crowd(people, fields) {
  const end = performance.now() + SECONDS * 1000;
  const times = [];
  await Promise.all(Array.from({ length: WRITERS }, async (_, writer) => {
    const person = people[writer % people.length];
    for (let count = 0; performance.now() < end; count += 1) {
      const form = await person.recordFields(fields(person, writer, count));
      const start = performance.now();
      const answer = await person.post('save_record', form);
      const text = await answer.text();
      times.push(performance.now() - start);
      // Said by hand, as thousands of expectations would take the time that is measured.
      if (answer.status !== 200) throw new Error(`${answer.status}: ${text}`);
    }
  }));
  return times;
}

async function somebody(url) {
  const person = await Person.signUp(url);
  await person.recordFields();
  person.bank = newId();
  await person.call('save_account', { id: person.bank, name: 'Another bank', kind: 'bank', opening: '' });
  return person;
}

const balances = async (person) => {
  const all = new Map((await person.book()).balances);
  return [all.get(person.account), all.get(person.bank)];
};

test('sixteen write to SQLite while somebody reads for long: all is saved, and nobody hears of a lock', async () => {
  const server = await Server.start(UNLIMITED);
  let reader;
  try {
    const people = [];
    for (let at = 0; at < 4; at += 1) people.push(await somebody(server.url));
    reader = await longReader(server.database, READER_SECONDS);
    const times = await crowd(people, () => ({ amount: '1.25' }));
    expect(await reader.within(10_000), reader.said).toBe(0);
    const stored = await Promise.all(people.map(async (person) => {
      const { count } = await person.sums();
      expect(await balances(person)).toEqual([-125 * count, 0]);
      return count;
    }));
    expect(stored.reduce((sum, count) => sum + count)).toBe(times.length);
    expect(await server.command('check')).toContain('is sound');
    expect(server.log).not.toMatch(/database is locked/i);
    const { size: bytes } = await stat(`${server.database}-wal`);
    tell(`SQLite, ${SECONDS} s`, { ...spread(times), 'log of the database': `${(bytes / 1e6).toFixed(1)} MB` });
  } finally {
    await reader?.end('SIGKILL');
    await server.stop();
  }
});

test('sixteen move money between the same two accounts on PostgreSQL: all is saved, and nobody hears of a deadlock', async () => {
  if (process.env.CI) expect(POSTGRES, 'EXPENSO_TEST_POSTGRES_URL must be set').toBeTruthy();
  test.skip(!POSTGRES, 'EXPENSO_TEST_POSTGRES_URL is not set');
  const database = await freshDatabase();
  let server;
  try {
    server = await Server.start({ ...UNLIMITED, EXPENSO_DATABASE_URL: database.url });
    const person = await somebody(server.url);
    let moved = 0;
    const times = await crowd([person], ({ account, bank }, writer) => {
      const isThere = writer % 2 === 0;
      const minor = isThere ? 300 : 200;
      moved += isThere ? minor : -minor;
      const [from, to] = isThere ? [account, bank] : [bank, account];
      return { kind: 'transfer', amount: String(minor / 100), account: from, to_account: to };
    });
    expect((await person.sums()).count).toBe(times.length);
    expect(await balances(person)).toEqual([-moved, moved]);
    expect(await server.command('check')).toContain('is sound');
    expect(server.log).not.toMatch(/deadlock/i);
    tell(`PostgreSQL, ${SECONDS} s`, spread(times));
  } finally {
    await server?.stop();
    await database.drop();
  }
});
