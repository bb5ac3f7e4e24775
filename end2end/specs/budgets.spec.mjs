import { fillRecord, openDialog, rowOf, save } from '../fixtures/records.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

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
  expect((await person.book()).budgets).toEqual([]);
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

test('income and transfers use no budget up', async ({ page, person }) => {
  await person.limit('25');
  const [cash, bank] = (await person.book()).accounts;
  await person.save({ kind: 'income', amount: '1000' });
  await person.save({ kind: 'transfer', amount: '1000', account: bank.id, to_account: cash.id });
  await open(page, '/budgets');
  await expect(page.getByRole('progressbar', { name: 'Everything' })).toHaveAttribute('aria-valuenow', '0');
});
