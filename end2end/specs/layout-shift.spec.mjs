// Nothing jumps while a page comes up: charts and what is still on its way keep their space.

import { demo } from '../fixtures/demo.mjs';
import { settled } from '../fixtures/looks.mjs';
import { dayAfter } from '../fixtures/person.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

const PATHS = ['/dashboard', '/dashboard?span=month', '/dashboard?span=year&beside=before', '/reports', '/reports?span=quarter&beside=year'];
const OTHERS = ['/records', '/records?kind=income', '/records/new', '/bills', '/bills/new', '/budgets', '/budgets/new', '/budgets/envelopes', '/categories', '/accounts', '/settings'];

/** What a person sees as still: the sum of all shifts that they did not cause. */
const LEAST = 0.02;

async function seed(person) {
  const { accounts: [, bank], categories } = await person.book();
  const spendings = categories.filter((category) => category.kind === 'expense').slice(0, 8);
  for (const [at, { id }] of spendings.entries()) {
    for (const back of [0, 3, 40]) {
      await person.save({ amount: String(100 + 37 * at), category: id, payee: `Shop ${at}`, tags: at % 2 ? 'Goa' : '', date: dayAfter(-back - at) });
    }
  }
  await person.save({ kind: 'income', amount: '5000', account: bank.id });
  await person.limit('2000');
}

/** Notes every shift of each document from its beginning, with what moved. */
const watchShifts = (page) => page.addInitScript(() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      const moved = entry.sources.map(({ node }) => node?.className || node?.nodeName).join(', ');
      window.shifts.push({ value: entry.value, moved });
    }
  }).observe({ type: 'layout-shift', buffered: true });
});

async function expectStill(page, path) {
  await page.waitForLoadState('networkidle');
  await settled(page);
  const seen = await page.evaluate(() => window.shifts);
  expect.soft(seen.reduce((sum, { value }) => sum + value, 0), `${path}: ${JSON.stringify(seen)}`).toBeLessThan(LEAST);
}

for (const path of PATHS) {
  test(`nothing of ${path} moves while it comes up`, async ({ page, person }) => {
    await seed(person);
    await watchShifts(page);
    await open(page, path);
    await expect(page.getByTestId('chart-by-category').locator('svg path, canvas').first()).toBeAttached();
    await expectStill(page, path);
  });
}

test('nor does anything on the other pages of a household', async ({ page, context, server }) => {
  const household = await demo(server);
  await context.addCookies(household.browserCookies());
  await watchShifts(page);
  for (const path of OTHERS) {
    await open(page, path);
    await expectStill(page, path);
  }
});
