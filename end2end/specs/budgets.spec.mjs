import { dayAfter } from '../fixtures/person.mjs';
import { fillRecord, openDialog, rowOf, save, sumsShown } from '../fixtures/records.mjs';
import { expect, found, open, plainPage, test } from '../fixtures/test.mjs';

async function addBudget(page, name, amount) {
  await page.getByRole('button', { name: 'Add budget' }).first().click();
  await page.waitForURL(/\/budgets\/new\??$/);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Amount', { exact: true }).fill(amount);
  await save(page);
}

test('a limit shows how much of it is spent on both pages', async ({ page, person }) => {
  await person.save({ amount: '20.50' });
  await open(page, '/budgets');
  await addBudget(page, 'Everything', '25');
  const bar = page.getByRole('progressbar', { name: 'Everything' });
  await expect(bar).toHaveAttribute('aria-valuenow', '82');
  await open(page, '/dashboard');
  await expect(bar).toHaveAttribute('aria-valuenow', '82');
  await expect(page.getByTestId('figure-budget-left')).toHaveAttribute('data-minor', '450');
});

test('a limit is set without JavaScript', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/budgets');
  await addBudget(page, 'Everything', '100');
  await expect(page).toHaveURL(/\/budgets$/);
  await expect(page.getByRole('progressbar', { name: 'Everything' })).toHaveAttribute('aria-valuenow', '0');
});

test('a limit of nonsense is refused beside its field', async ({ page, person }) => {
  await open(page, '/budgets/new');
  await page.getByLabel('Name', { exact: true }).fill('Everything');
  await page.getByLabel('Amount', { exact: true }).fill('-5');
  await save(page);
  await expect(page.getByLabel('Amount', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect.poll(async () => (await person.book()).budgets).toEqual([]);
});

test('going over the limit is said at once and on the dashboard', async ({ page, person }) => {
  await person.limit('25');
  const dialog = await openDialog(page);
  await fillRecord(dialog, { amount: '100', payee: 'Big spend' });
  await save(dialog);
  await expect(rowOf(page, 'Big spend')).toBeVisible();
  await expect(page.getByRole('status').getByText(/Everything is over its limit/)).toBeVisible();
  await open(page, '/dashboard');
  await expect(page.getByText(/Everything is over its limit/).first()).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Everything' })).toHaveAttribute('aria-valuenow', '400');
});

test('going over the limit is said without JavaScript, on the page that follows, until it is dismissed', async ({ browser, server, person }) => {
  await person.limit('25');
  const page = await plainPage(browser, server, person);
  await page.goto('/records/new');
  await fillRecord(page, { amount: '100', payee: 'Big spend' });
  await save(page);
  await expect(page).toHaveURL(/\/records$/);
  await expect(page.getByTestId('budget-alert')).toContainText('Everything is over its limit');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByTestId('budget-alert')).toHaveCount(0);
  await expect(page).toHaveURL(/\/records$/);
  await expect.poll(async () => (await person.book()).alerts.every((alert) => alert.seen)).toBe(true);
});

test('an alert leaves the page once it is no longer so', async ({ page, person }) => {
  await person.limit('25');
  await person.save({ amount: '100', payee: 'Big spend' });
  await open(page, '/records');
  await expect(page.getByTestId('budget-alert')).toContainText('Everything is over its limit');
  await rowOf(page, 'Big spend').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByTestId('budget-alert')).toHaveCount(0);
});

/** With 1,000 spent: a limit, how it stands, and its percent, which is cut to a whole one. */
const STANDINGS = [
  ['1250', 'ok', 80], ['1249.99', 'near', 80], ['1000', 'near', 100], ['999.99', 'over', 100], ['833.33', 'over', 120],
];

test('how a limit stands follows from its exact amounts', async ({ page, person }) => {
  await person.save({ amount: '1000' });
  for (const [limit] of STANDINGS) await person.limit(limit, { name: `Limit ${limit}` });
  await open(page, '/budgets');
  for (const [limit, state, percent] of STANDINGS) {
    const bar = page.getByRole('progressbar', { name: `Limit ${limit}`, exact: true });
    await expect(page.locator('.progress').filter({ has: bar }), limit).toHaveAttribute('data-state', state);
    await expect(bar, limit).toHaveAttribute('aria-valuenow', String(percent));
    await expect(bar, limit).toHaveAttribute('aria-valuemax', String(Math.max(percent, 100)));
  }
});

test('a limit on two categories leads to the records of each', async ({ page, person }) => {
  const { categories } = await person.book();
  const [groceries, fuel] = ['Groceries', 'Fuel'].map((name) => categories.find((one) => one.name === name).id);
  await person.save({ amount: '30', category: groceries });
  await person.save({ amount: '12.50', category: fuel });
  await person.save({ amount: '99' });
  await person.limit('100', { name: 'Shop and drive', categories: [groceries, fuel] });
  for (const [name, minor] of [['Groceries', 3000], ['Fuel', 1250]]) {
    await open(page, '/budgets');
    await page.getByTestId('budget').getByRole('link', { name }).click();
    await page.waitForURL('**/records?**');
    await expect(page.getByTestId('sum-count'), name).toBeVisible();
    expect(await sumsShown(page), name).toMatchObject({ count: 1, expenses: minor });
  }
});

test('an edit of a limit that was changed elsewhere is refused and keeps what was typed', async ({ page, person }) => {
  await person.limit('25');
  const [budget] = (await person.book()).budgets;
  await open(page, `/budgets/${budget.id}/edit`);
  await page.getByLabel('Amount', { exact: true }).fill('30');
  await person.limit('40', { id: budget.id, revision: String(budget.revision) });
  await save(page);
  await expect(page.getByRole('alert').filter({ hasText: 'changed elsewhere' })).toBeVisible();
  await expect(page.getByLabel('Amount', { exact: true })).toHaveValue('30');
  await expect.poll(async () => (await person.book()).budgets[0]?.limit.minor).toBe(4000);
});

test('income and transfers use no budget up', async ({ page, person }) => {
  await person.limit('25');
  const [cash, bank] = (await person.book()).accounts;
  await person.save({ kind: 'income', amount: '1000' });
  await person.save({ kind: 'transfer', amount: '1000', account: bank.id, to_account: cash.id });
  await open(page, '/budgets');
  await expect(page.getByRole('progressbar', { name: 'Everything' })).toHaveAttribute('aria-valuenow', '0');
});

test('a trip has days of its own, and only their fields are asked for', async ({ page, person }) => {
  await open(page, '/budgets/new');
  await expect(page.getByLabel('First day')).toBeHidden();
  await expect(page.getByLabel('Carry at most')).toBeHidden();
  await page.getByLabel('Name', { exact: true }).fill('Trip to Goa');
  await page.getByLabel('Amount', { exact: true }).fill('500');
  await page.getByLabel('Period', { exact: true }).selectOption({ label: 'Some days, once' });
  await page.getByLabel('First day').fill(dayAfter(3));
  await page.getByLabel('Last day').fill(dayAfter(1));
  await save(page);
  await expect(page.getByLabel('Last day')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Last day').fill(dayAfter(12));
  await save(page);
  await page.waitForURL('**/budgets');
  await expect(page.getByTestId('budget').getByText(/It begins on .* a day/)).toBeVisible();
  await expect.poll(async () => (await person.book()).budgets[0]?.span).toBe(`${dayAfter(3)}/${dayAfter(12)}`);
});

test('a pay cycle with its own warnings is kept without JavaScript', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/budgets/new');
  await page.getByLabel('Name', { exact: true }).fill('From pay to pay');
  await page.getByLabel('Amount', { exact: true }).fill('500');
  await page.getByLabel('Period', { exact: true }).selectOption('pay');
  await page.getByLabel('Pay day').fill('31');
  await page.getByLabel('Roll over', { exact: true }).check();
  await page.getByLabel('Take overspending along too').check();
  await page.getByLabel('Carry at most (optional)').fill('100');
  await page.getByLabel('Warn at').fill('120, 50');
  await save(page);
  await expect(page).toHaveURL(/\/budgets$/);
  const [budget] = (await person.book()).budgets;
  expect(budget).toMatchObject({ span: 'pay:31', thresholds: [50, 120], roll_over: { overspending: true, most: 10_000 } });
  await page.goto(`/budgets/${budget.id}/edit`);
  await expect(page.getByLabel('Pay day')).toHaveValue('31');
  await expect(page.getByLabel('Warn at')).toHaveValue('50, 120');
});

test('the pace says when the limit will be reached', async ({ page, person }) => {
  await person.save({ amount: '60', date: dayAfter(-5) });
  const days = { period: 'once', first: dayAfter(-9), last: dayAfter(20) };
  await person.limit('100', { name: 'Thirty days', ...days });
  await person.limit('200', { name: 'Enough', ...days });
  await open(page, '/budgets');
  const card = (name) => page.getByTestId('budget').filter({ has: page.getByRole('heading', { name }) });
  await expect(card('Thirty days').getByText(/At this pace the limit is reached on/)).toBeVisible();
  await expect(card('Thirty days').getByText('21 days')).toBeVisible();
  await expect(card('Enough').getByText(/At this pace/)).toHaveCount(0);
});

test('days that are over are put aside', async ({ page, person }) => {
  await person.save({ amount: '60', date: dayAfter(-5) });
  await person.limit('100', { name: 'Gone', period: 'once', first: dayAfter(-9), last: dayAfter(-2) });
  await open(page, '/budgets');
  await expect(page.getByTestId('budget')).toBeHidden();
  await page.getByText('Ended', { exact: true }).click();
  await expect(page.getByText(/It ended on .* with ₹40.00 left/)).toBeVisible();
});

test('a budget tells of its periods', async ({ page, person }) => {
  await person.limit('100', { name: 'Week by week', period: 'week' });
  await person.save({ amount: '60' });
  await person.save({ amount: '130', date: dayAfter(-7) });
  await open(page, `/budgets/${(await person.book()).budgets[0].id}`);
  await expect(page.getByRole('heading', { name: 'Week by week', level: 1 })).toBeVisible();
  const past = page.getByTestId('past-period');
  await expect(past).toHaveCount(12);
  await expect(past.nth(0)).toContainText('₹60.00');
  await expect(past.nth(0)).toContainText('₹40.00');
  await expect(past.nth(1)).toContainText('₹130.00');
  await expect(page.getByRole('link', { name: 'Earlier' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.waitForURL('**/edit');
});

test('the history goes on to earlier periods, and back', async ({ page, person }) => {
  await person.limit('100', { name: 'Week by week', period: 'week' });
  await person.save({ amount: '77', date: dayAfter(-7 * 13) });
  await open(page, `/budgets/${(await person.book()).budgets[0].id}`);
  const past = page.getByTestId('past-period');
  await expect(past).toHaveCount(12);
  await expect(page.getByText('₹77.00')).toHaveCount(0);
  const oldest = await past.last().getByRole('link').textContent();
  await page.getByRole('link', { name: 'Earlier' }).click();
  await page.waitForURL('**/budgets/*?before=*');
  await expect(past.nth(1)).toContainText('₹77.00');
  await expect(past).toHaveCount(12);
  await expect(past.getByRole('link', { name: oldest, exact: true })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Earlier' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Newest' }).click();
  await expect(past.last().getByRole('link', { name: oldest, exact: true })).toHaveCount(1);
});

test('what was usual fills the amount', async ({ page, person }) => {
  const { categories } = await person.book();
  const fuel = categories.find((one) => one.name === 'Fuel').id;
  for (const days of [-35, -65, -95]) await person.save({ amount: '90', date: dayAfter(days), category: fuel });
  for (const days of [-35, -65, -95]) await person.save({ amount: '910', date: dayAfter(days) });
  await open(page, '/budgets/new');
  const usual = page.getByRole('group', { name: 'What was usual' });
  await expect(usual.getByRole('button').first()).toBeVisible();
  await page.getByLabel('Fuel').check();
  await usual.getByRole('button', { name: /^3 months/ }).click();
  await expect(page.getByLabel('Amount', { exact: true })).toHaveValue(/^\d+\.00$/);
  await page.getByLabel('Name', { exact: true }).fill('Driving');
  await save(page);
  await page.waitForURL('**/budgets');
  const budget = await found(async () => (await person.book()).budgets[0]);
  expect([9000, 18_000]).toContain(budget.limit.minor);
});

test('a period that is over keeps the limit that held in it', async ({ page, person }) => {
  const { newId } = await import('../fixtures/person.mjs');
  const id = newId();
  await person.limit('100', { id, name: 'Everything' });
  const [budget] = (await person.book()).budgets;
  await open(page, `/budgets/${id}`);
  const now = page.getByTestId('past-period').first();
  await expect(now.locator('td').first()).toHaveAttribute('data-minor', '10000');
  await person.limit('250', { id, name: 'Everything', revision: String(budget.revision) });
  await open(page, `/budgets/${id}`);
  await expect(now.locator('td').first()).toHaveAttribute('data-minor', '25000');
  await expect(page.getByText(/Each by the limit that held then/)).toBeVisible();
});
