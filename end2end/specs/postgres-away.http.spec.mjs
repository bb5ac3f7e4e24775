import { expect, test } from '@playwright/test';
import { expectBusy, savedOnce } from '../fixtures/busy.mjs';
import { OwnPostgres, programs } from '../fixtures/own-postgres.mjs';
import { Person } from '../fixtures/person.mjs';
import { Server, until } from '../fixtures/server.mjs';

/** The longest that a call may wait for an answer, in milliseconds. */
const PATIENCE_MS = 31_000;

/** How soon saving goes on once the database is back, in milliseconds. */
const BACK_MS = 10_000;

/** Ways to go and to come back. */
const WAYS = [
  ['stands still', (postgres) => postgres.pause(), (postgres) => postgres.resume()],
  ['is killed', (postgres) => postgres.kill(), (postgres) => postgres.run()],
];

for (const [what, leave, comeBack] of WAYS) {
  test(`while PostgreSQL ${what} calls are refused in words, and saving goes on when it is back`, async () => {
    const found = await programs();
    if (process.env.CI) expect(found, 'PostgreSQL must be installed').toBeTruthy();
    test.skip(!found, 'PostgreSQL is not installed');
    test.setTimeout(150_000);
    const postgres = await OwnPostgres.start();
    let server;
    try {
      server = await Server.start({ EXPENSO_DATABASE_URL: postgres.url });
      const person = await Person.signUp(server.url);
      await person.save({ payee: 'before' });
      const fields = await person.recordFields({ payee: 'meanwhile' });

      await leave(postgres);
      const start = performance.now();
      // More than one, so that connections that stand and ones that do not are met.
      const calls = Array.from({ length: 4 }, () => person.post('save_record', fields).then(expectBusy));
      await Promise.all([...calls, person.post('load_book').then(expectBusy)]);
      expect(performance.now() - start).toBeLessThan(PATIENCE_MS);
      expect((await fetch(`${server.url}/health/live`)).status, 'the server itself is alive').toBe(200);
      expect((await fetch(`${server.url}/health/ready`)).ok, 'and says that it cannot work').toBe(false);

      await comeBack(postgres);
      await until('saving goes on', async () => (await person.post('save_record', fields)).ok, BACK_MS);
      const records = await savedOnce(person, fields);
      expect(records.map((record) => record.payee).toSorted()).toEqual(['before', 'meanwhile']);
      expect(await server.command('check')).toContain('is sound');
    } finally {
      await postgres.resume().catch(() => {});
      await server?.stop();
      await postgres.stop();
    }
  });
}
