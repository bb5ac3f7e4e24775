import { PASSWORD, Person } from '../fixtures/person.mjs';
import { sumsShown } from '../fixtures/records.mjs';
import { Server } from '../fixtures/server.mjs';
import { expect, test as base, open } from '../fixtures/test.mjs';

const RECORDS = 100_000;
const EMAIL = 'many@example.org';

/** The longest that a page may take until its rows stand, in milliseconds; far from what it takes. */
const SOON = 4000;

const test = base.extend({
  /** A server whose one person has very many records. */
  server: [
    async ({}, use) => {
      const server = await Server.prepare();
      await server.command('fill', '--records', String(RECORDS), '--email', EMAIL, '--password', PASSWORD);
      await server.run();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  person: async ({ server, context }, use) => {
    const person = await Person.logIn(server.url, { email: EMAIL });
    await context.addCookies(person.browserCookies());
    await use(person);
  },
});

test('a book of a hundred thousand records opens, is paged and searched as quickly as a new one', async ({ page, person }) => {
  const sums = await person.sums();
  expect(sums.count).toBe(RECORDS);

  const soon = async (path, seen) => {
    const start = performance.now();
    await open(page, path);
    await expect(seen).toBeVisible();
    expect(performance.now() - start, path).toBeLessThan(SOON);
  };
  await soon('/dashboard', page.getByTestId('figure-expenses'));
  const rows = page.getByTestId('record');
  await soon('/records', rows.first());
  expect(await sumsShown(page)).toMatchObject({ count: RECORDS, expenses: sums.expenses[0].minor, income: sums.income[0].minor });

  const shown = await rows.count();
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(rows).toHaveCount(2 * shown);

  await page.getByLabel('Search records').fill('swiggy 7');
  await expect(page).toHaveURL(/q=swiggy/);
  await expect.poll(async () => (await sumsShown(page)).count).toBeLessThan(RECORDS / 10);
  await expect(rows.first()).toContainText('Swiggy');
});
