import { expect, test } from '@playwright/test';
import { Person } from '../fixtures/person.mjs';
import { Server, until } from '../fixtures/server.mjs';

test.describe.configure({ timeout: 180_000 });

const SAVES = 1000;
const WRITERS = 8;

/** Minor units of each save. */
const AMOUNT = 125;

/** Saves one record after the other until `enough`; a save that nobody answered waits in `open` for another try. */
async function write(person, { acknowledged, open }, enough) {
  while (!enough()) {
    const fields = open.pop() ?? (await person.recordFields({ amount: '1.25' }));
    let text = '';
    try {
      const answer = await person.post('save_record', fields);
      text = await answer.text();
      expect(answer.status, text).toBe(200);
    } catch (error) {
      open.push(fields);
      // The server is gone: this writer ends. Any answer that is not a good one is a fault.
      if (error instanceof TypeError) return;
      throw error;
    }
    acknowledged.add(fields.id);
  }
}

/** Every acknowledged save is there, once; list, sum, balance and dashboard say the same. */
async function agree(person, acknowledged) {
  const records = await person.records();
  const known = new Set(records.map((record) => record.id));
  expect([...acknowledged].filter((id) => !known.has(id)), 'lost').toEqual([]);
  expect(known.size, 'no record twice').toBe(records.length);
  const spent = records.length * AMOUNT;
  expect(records.reduce((sum, record) => sum + record.amount.minor, 0)).toBe(spent);
  const sums = await person.sums();
  expect([sums.count, sums.expenses[0].minor]).toEqual([records.length, spent]);
  expect(new Map((await person.book()).balances).get(person.account), 'balance').toBe(-spent);
  const html = await (await person.fetch('/dashboard')).text();
  const figure = /<[^>]*data-testid="figure-expenses"[^>]*>/.exec(html)[0];
  expect(Number(/data-minor="(-?\d+)"/.exec(figure)[1])).toBe(spent);
  return records.length;
}

test('killed with -9 again and again during a thousand saves, nothing acknowledged is lost or doubled', async () => {
  const server = await Server.start();
  try {
    const person = await Person.signUp(server.url);
    await person.recordFields();
    const saves = { acknowledged: new Set(), open: [] };
    let kills = 0;
    while (saves.acknowledged.size < SAVES) {
      const writers = Array.from({ length: WRITERS }, () => write(person, saves, () => saves.acknowledged.size >= SAVES));
      const moment = Math.min(SAVES, saves.acknowledged.size + 60 + Math.floor(Math.random() * 140));
      await until('more records are saved', () => saves.acknowledged.size >= moment, 60_000, 1 + Math.random() * 5);
      await server.end('SIGKILL');
      await Promise.all(writers);
      kills += 1;
      expect(await server.command('check'), 'as the killed server left it').toContain('is sound');
      await server.run();
      await agree(person, saves.acknowledged);
    }
    expect(kills, 'kills').toBeGreaterThanOrEqual(5);
    // What nobody answered may have been stored or not: saved again, it is there once.
    for (const fields of saves.open) await person.call('save_record', fields);
    expect(await agree(person, saves.acknowledged)).toBe(saves.acknowledged.size + saves.open.length);
    expect(await server.command('check'), 'while the server runs').toContain('is sound');
  } finally {
    await server.stop();
  }
});
