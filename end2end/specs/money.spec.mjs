import { fillRecord, openDialog, rowOf, save, sumsShown } from '../fixtures/records.mjs';
import { expect, found, open, plainPage, test } from '../fixtures/test.mjs';

const dollars = (person) =>
  person.call('save_account', { name: 'Dollars', kind: 'bank', currency: 'USD', opening: '100' });

test('an account has a currency of its own, and its records count with their rate', async ({ page, person }) => {
  await open(page, '/accounts/new');
  await page.getByLabel('Name', { exact: true }).fill('Dollars');
  await page.getByLabel('Currency', { exact: true }).selectOption('USD');
  await page.getByLabel('Opening balance').fill('100');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByTestId('account').filter({ hasText: 'Dollars' })).toContainText('$100.00');
  await found(async () => (await person.book()).accounts.find((one) => one.name === 'Dollars'));

  const dialog = await openDialog(page);
  await expect(dialog.getByLabel('Exchange rate')).toBeHidden();
  await fillRecord(dialog, { account: 'Dollars', amount: '12.50', payee: 'Book shop' });
  await save(dialog);
  await expect(dialog.getByLabel('Exchange rate')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Exchange rate').fill('83.25');
  await expect(dialog.getByTestId('record-worth')).toHaveText('= ₹1,040.62');
  await save(dialog);
  await expect(rowOf(page, 'Book shop')).toContainText('$12.50');
  await expect(rowOf(page, 'Book shop')).toContainText('₹1,040.62');
  await expect.poll(async () => (await sumsShown(page)).expenses).toBe(104_062);

  const next = await openDialog(page);
  await fillRecord(next, { account: 'Dollars' });
  await expect(next.getByLabel('Exchange rate')).toHaveValue('83.25');
  await expect.poll(() => person.records()).toHaveLength(1);
});

test('a rate is typed in the settings and tells what accounts are worth', async ({ page, person }) => {
  await dollars(person);
  await open(page, '/settings');
  const form = page.getByRole('form', { name: 'Rate', exact: true });
  await form.getByLabel('Is worth, in INR').fill('90');
  await form.getByRole('button', { name: 'Save rate' }).click();
  await expect(page.getByTestId('rate')).toContainText('1 USD: ₹90.00 on ');
  await open(page, '/accounts');
  await expect(page.getByTestId('figure-net-worth')).toHaveAttribute('data-minor', '900000');
});

test('an amount is split over categories until nothing is left', async ({ page, person }) => {
  const dialog = await openDialog(page);
  await fillRecord(dialog, { amount: '100', payee: 'Hypermarket' });
  await dialog.getByText('Split over several').click();
  for (const [place, name] of ['Groceries', 'Fuel', 'Health'].entries()) {
    await dialog.getByLabel(`Part ${place + 1}: for`).selectOption({ label: name });
  }
  await dialog.getByRole('button', { name: 'Split evenly' }).click();
  await expect(dialog.getByLabel('Part 1: how much')).toHaveValue('33.34');
  await expect(dialog.getByTestId('split-left')).toHaveText('Nothing is left');
  await dialog.getByLabel('Part 1: how much').fill('50');
  await expect(dialog.getByTestId('split-left')).toContainText('too much');
  await save(dialog);
  await expect(dialog).toBeVisible();
  await expect.poll(() => person.records()).toEqual([]);
  await dialog.getByRole('button', { name: 'Rest to part 3' }).click();
  await expect(dialog.getByLabel('Part 3: how much')).toHaveValue('16.67');
  await save(dialog);
  const row = rowOf(page, 'Hypermarket');
  await row.getByText('Split (3)').click();
  await expect(row).toContainText('Fuel');
  await expect.poll(() => sumsShown(page)).toMatchObject({ count: 1, expenses: 10_000 });

  await row.getByRole('button', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit record' });
  await expect(edit.getByLabel('Part 2: how much')).toHaveValue('33.33');
});

test('a record is split by the plain form without JavaScript', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/records/new');
  await fillRecord(page, { amount: '10', payee: 'Hypermarket' });
  await page.getByText('Split over several').click();
  await page.getByLabel('Part 1: for').selectOption({ label: 'Groceries' });
  await page.getByLabel('Part 1: how much').fill('6');
  await page.getByLabel('Part 2: how much').fill('3');
  await save(page);
  await expect(page.getByText('₹1.00 is left to give to the parts')).toBeVisible();
  await expect(page.getByLabel('Part 1: how much')).toHaveValue('6');
  await page.getByLabel('Part 2: how much').fill('4');
  await save(page);
  await expect(rowOf(page, 'Hypermarket')).toContainText('Split (2)');
});

test('money that comes back counts against the expense', async ({ page, person }) => {
  await person.save({ payee: 'Shoes', amount: '100' });
  await open(page, '/records');
  await rowOf(page, 'Shoes').getByRole('button', { name: 'Refund' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add refund' });
  await expect(dialog.getByTestId('record-ties')).toContainText('₹100.00 of it is left to refund');
  const amount = dialog.getByLabel('Amount', { exact: true });
  await expect(amount).toHaveValue('100.00');
  await amount.fill('101');
  await save(dialog);
  await expect(amount).toHaveAccessibleDescription(/more than what is left/);
  await amount.fill('40');
  await save(dialog);
  await expect(dialog).toBeHidden();
  await expect.poll(() => sumsShown(page)).toMatchObject({ count: 2, expenses: 6_000, income: 0 });
  await page.getByRole('row').filter({ hasText: 'Refund' }).getByRole('link', { name: 'Refund', exact: true }).first().click();
  await expect(page.getByTestId('record-ties')).toContainText('Refunded:');
});
