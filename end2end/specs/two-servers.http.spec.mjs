import { expect, test } from '@playwright/test';
import { Person } from '../fixtures/person.mjs';
import { POSTGRES, freshDatabase } from '../fixtures/postgres.mjs';
import { Server } from '../fixtures/server.mjs';

const SECRET = 'two servers of one test share this key of enough length';

test('two servers on one database lose nothing that is saved at once', async () => {
  if (process.env.CI) expect(POSTGRES, 'EXPENSO_TEST_POSTGRES_URL must be set').toBeTruthy();
  test.skip(!POSTGRES, 'EXPENSO_TEST_POSTGRES_URL is not set');
  test.setTimeout(90_000);
  const database = await freshDatabase();
  const env = { EXPENSO_DATABASE_URL: database.url, EXPENSO_SECRET_KEY: SECRET, EXPENSO_WRITES_PER_TEN_MINUTES: '200' };
  const servers = [];
  try {
    servers.push(...(await Promise.all([Server.start(env), Server.start(env)])));
    const here = await Person.signUp(servers[0].url);
    await here.recordFields();
    const there = Object.assign(new Person(servers[1].url), { cookies: here.cookies, account: here.account });

    const saves = Array.from({ length: 60 }, (_, at) => (at % 2 ? here : there).save({ amount: '2.50', payee: `number ${at}` }));
    await Promise.all(saves);

    for (const person of [here, there]) {
      const records = await person.records();
      expect(new Set(records.map((record) => record.payee)).size).toBe(60);
      expect((await person.sums()).expenses[0].minor).toBe(60 * 250);
      const book = await person.book();
      const balance = new Map(book.balances).get(here.account);
      expect(balance).toBe(-60 * 250);
    }

    // What one person may change is counted for both together.
    let taken = 60;
    for (let refused = false; !refused; taken += 1) {
      const answer = await [here, there][taken % 2].post('save_category', { name: '', kind: 'expense' });
      refused = answer.status === 429;
      if (refused) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(taken).toBeGreaterThanOrEqual(200);
    expect(taken, 'a twentieth more at each, and what was on its way').toBeLessThan(260);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await database.drop();
  }
});
