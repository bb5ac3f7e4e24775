import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { size, tell } from '../fixtures/full.mjs';
import { Mailbox } from '../fixtures/mailbox.mjs';
import { Person, newId, today } from '../fixtures/person.mjs';
import { POSTGRES, freshDatabase } from '../fixtures/postgres.mjs';
import { Server, until } from '../fixtures/server.mjs';

test.describe.configure({ timeout: size(240_000, 1_800_000) });

const PEOPLE = 5;
const WRITERS = 20;

/** The longest that the server lives between two kills, in milliseconds. */
const LONGEST = 500;

/** How soon it is up again, in milliseconds. */
const UP_MS = 5000;

/** How long the letters may take that a killed server had begun with, in milliseconds: its claim on them lasts 30 seconds. */
const LETTERS_MS = 90_000;

/** The first day of the month that lies so many months back. */
function monthBefore(months) {
  const day = new Date(`${today().slice(0, 7)}-01T12:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 10);
}

/** Somebody with two accounts and a limit, whose writers save one thing after the other. */
class Writer {
  static async start(url, mailbox) {
    const writer = Object.assign(new Writer(), { acknowledged: new Map(), open: [], saved: 0, over: [] });
    const person = await Person.signUp(url);
    await mailbox.confirm(person);
    await person.recordFields();
    Object.assign(writer, { person, bank: newId(), budget: newId() });
    await person.call('save_account', { id: writer.bank, name: 'Another bank', kind: 'bank', opening: '' });
    await person.limit('100', { id: writer.budget });
    writer.categories = (await person.book()).categories.filter((one) => one.kind === 'expense').map((one) => one.id);
    return writer;
  }

  /** A record, a transfer, a split, and now and then a record that goes over the limit of a month which had none. */
  next() {
    this.saved += 1;
    if (this.saved % 25 === 0) {
      this.over.push(monthBefore(this.over.length + 1));
      return this.person.recordFields({ amount: '101', date: this.over.at(-1) });
    }
    const [one, other] = this.categories;
    const parts = { 'parts][0][category': one, 'parts][0][amount': '3', 'parts][0][note': '', 'parts][1][category': other, 'parts][1][amount': '7', 'parts][1][note': '' };
    const kinds = [{ amount: '1.25' }, { kind: 'transfer', amount: '2', to_account: this.bank }, { amount: '10', ...parts }];
    return this.person.recordFields(kinds[this.saved % kinds.length]);
  }

  /** Saves until the server is gone; what nobody answered waits in `open` for another try. */
  async write() {
    for (;;) {
      const fields = this.open.pop() ?? (await this.next());
      try {
        const answer = await this.person.post('save_record', fields);
        const text = await answer.text();
        expect(answer.status, text).toBe(200);
      } catch (error) {
        this.open.push(fields);
        // No answer: the server is gone. Any answer that is not a good one is a fault.
        if (error instanceof TypeError) return;
        throw error;
      }
      this.acknowledged.set(fields.id, fields);
    }
  }

  /** Every acknowledged save is there as it was sent, once, with both its sides and all its parts; answers how many there are. */
  async agree() {
    const records = await this.person.records();
    const known = new Map(records.map((record) => [record.id, record]));
    expect(known.size, 'no record twice').toBe(records.length);
    let [cash, bank, spent] = [0, 0, 0];
    for (const { amount, flow } of records) {
      cash -= amount.minor;
      if (flow.Transfer) bank += amount.minor;
      else spent += amount.minor;
    }
    const wrong = [...this.acknowledged.values()].filter((fields) => {
      const record = known.get(fields.id);
      const parts = 'parts][0][amount' in fields ? '300,700' : '';
      const isWhole = record?.amount.minor === Math.round(Number(fields.amount) * 100) && record.day === fields.date;
      return !isWhole || Boolean(record.flow.Transfer) !== (fields.kind === 'transfer') || `${record.parts.map((part) => part.minor)}` !== parts;
    });
    expect(wrong, 'lost or not whole').toEqual([]);
    const balances = new Map((await this.person.book()).balances);
    expect([balances.get(this.person.account), balances.get(this.bank)], 'both sides of each transfer').toEqual([cash, bank]);
    const sums = await this.person.sums();
    expect([sums.count, sums.expenses[0]?.minor ?? 0]).toEqual([records.length, spent]);
    return records.length;
  }

  /** The alerts that there must be, as letters name them, without the person at the end. */
  get alerts() {
    return this.over.map((day) => `budget-alert-${this.budget}-${day}-`);
  }
}

/** Kills a server `kills` times; `settings`: where its database is. */
async function killAndLook(what, kills, settings) {
  const mailbox = await Mailbox.start();
  const server = await Server.start({ ...mailbox.env, ...settings, EXPENSO_WRITES_PER_TEN_MINUTES: '1000000' });
  try {
    const writers = [];
    for (let at = 0; at < PEOPLE; at += 1) writers.push(await Writer.start(server.url, mailbox));
    let longest = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const writing = Array.from({ length: WRITERS }, (_, at) => writers[at % PEOPLE].write());
      await pause(Math.random() * LONGEST);
      await server.end('SIGKILL');
      await Promise.all(writing);
      expect(await server.command('check'), 'as the killed server left it').toContain('is sound');
      longest = Math.max(longest, await server.run());
      for (const { person, acknowledged } of writers) expect((await person.sums()).count).toBeGreaterThanOrEqual(acknowledged.size);
      if (kill % 10 === 0) await Promise.all(writers.map((writer) => writer.agree()));
    }
    // What nobody answered may have been stored or not: saved again, it is there once.
    for (const { person, open, acknowledged } of writers) {
      for (const fields of open) {
        await person.call('save_record', fields);
        acknowledged.set(fields.id, fields);
      }
    }
    let stored = 0;
    for (const writer of writers) {
      const count = await writer.agree();
      expect(count).toBe(writer.acknowledged.size);
      stored += count;
    }
    const letters = () => writers.flatMap(({ budget }) => [...mailbox.tally(budget)]);
    const missing = () => writers.flatMap((writer) => writer.alerts).filter((alert) => !letters().some(([once]) => once.startsWith(alert) && once.includes('-100-')));
    await until('a letter for every month over its limit', () => missing().length === 0, LETTERS_MS).catch(() => {});
    expect(missing(), 'letters that were lost with a server').toEqual([]);
    expect(longest, 'milliseconds until it was up again').toBeLessThan(UP_MS);
    const alerts = writers.flatMap((writer) => writer.alerts).length;
    const twice = letters().filter(([, count]) => count > 1).length;
    tell(what, { kills, records: stored, 'months over their limit': alerts, 'letters that came twice': twice, 'longest start': `${Math.round(longest)} ms` });
  } finally {
    await server.stop();
    await mailbox.close();
  }
}

test('killed with -9 at random moments while twenty write, no transfer is halved and no letter lost', async () => {
  await killAndLook('SQLite', size(30, 200), {});
});

test('killed with -9 at random moments on PostgreSQL, no transfer is halved and no letter lost', async () => {
  if (process.env.CI) expect(POSTGRES, 'EXPENSO_TEST_POSTGRES_URL must be set').toBeTruthy();
  test.skip(!POSTGRES, 'EXPENSO_TEST_POSTGRES_URL is not set');
  const database = await freshDatabase();
  try {
    await killAndLook('PostgreSQL', size(15, 200), { EXPENSO_DATABASE_URL: database.url });
  } finally {
    await database.drop();
  }
});
