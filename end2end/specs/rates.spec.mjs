// What another currency is worth: on the day a bill is paid, and where nobody knew.

import { dayAfter, newId, today } from '../fixtures/person.mjs';
import { fillRecord, openDialog, rowOf, save } from '../fixtures/records.mjs';
import { expect, hold, open, plainPage, test } from '../fixtures/test.mjs';

/** A bill of 10 dollars that is due today, and the rates of a few days. */
async function abroad(person, rates = {}) {
  await person.call('save_account', { name: 'Dollars', kind: 'bank', currency: 'USD', opening: '100' });
  const account = (await person.book()).accounts.find((one) => one.name === 'Dollars').id;
  for (const [day, rate] of Object.entries(rates)) await person.call('save_rate', { currency: 'USD', rate, day });
  await person.call('save_bill', {
    id: newId(), name: 'Hosting', amount: '10', due: today(), repeats: 'monthly', category: '', account, remind: '',
  });
  return (await person.book()).bills[0];
}

const homes = async (person) => (await person.records()).map((record) => record.home);

test('a foreign bill is paid at the rate of the day it is paid on, or at one that is typed', async ({ page, person }) => {
  await abroad(person, { [dayAfter(-40)]: '80', [dayAfter(-10)]: '83.25', [today()]: '90' });
  await open(page, '/bills');
  await page.getByRole('button', { name: 'Pay differently' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pay Hosting' });
  await expect(dialog.getByLabel('Exchange rate')).toHaveValue('90.00');
  await expect(dialog.getByTestId('record-worth')).toHaveText('= ₹900.00');
  await dialog.getByLabel('Paid on').fill(dayAfter(-9));
  await expect(dialog.getByLabel('Exchange rate')).toHaveValue('83.25');
  await expect(dialog.getByTestId('rate-note')).toContainText('Rate of');
  await dialog.getByLabel('Paid on').fill(dayAfter(-41));
  await expect(dialog.getByTestId('rate-note')).toContainText('No rate is known up to that day');
  await expect(dialog.getByLabel('Exchange rate')).toHaveValue('');
  await dialog.getByRole('button', { name: 'Pay', exact: true }).click();
  await expect(dialog.getByLabel('Exchange rate')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Exchange rate').fill('79');
  await expect(dialog.getByTestId('rate-note')).toHaveText('Your own rate');
  await dialog.getByRole('button', { name: 'Pay', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => homes(person)).toEqual([79_000]);
});

test('one press pays at the rate of today, and without a rate it asks for one', async ({ page, person }) => {
  const bill = await abroad(person);
  await open(page, '/bills');
  await page.getByRole('button', { name: 'Mark paid' }).first().click();
  await page.waitForURL(`**/bills/${bill.id}/pay?**`);
  await expect(page.getByText('No rate is known up to that day')).toBeVisible();
  await person.call('save_rate', { currency: 'USD', rate: '80', day: dayAfter(-1) });
  await open(page, '/bills');
  await page.getByRole('button', { name: 'Mark paid' }).first().click();
  await expect.poll(() => homes(person)).toEqual([80_000]);
});

test('without JavaScript the rate of the chosen day counts, not the one that was offered', async ({ browser, server, person }) => {
  const bill = await abroad(person, { [dayAfter(-40)]: '80', [today()]: '90' });
  const page = await plainPage(browser, server, person);
  await page.goto(`/bills/${bill.id}/pay`);
  await expect(page.getByLabel('Exchange rate')).toHaveValue('90.00');
  await page.getByLabel('Paid on').fill(dayAfter(-5));
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await expect(page).toHaveURL(/\/bills\?paid=/);
  await expect.poll(() => homes(person)).toEqual([80_000]);
});

test('a record takes the rate of its day until one is typed', async ({ page, person }) => {
  await abroad(person, { [dayAfter(-40)]: '80', [dayAfter(-10)]: '83.25', [today()]: '90' });
  const dialog = await openDialog(page);
  await fillRecord(dialog, { account: 'Dollars', amount: '10', payee: 'Book shop' });
  await expect(dialog.getByLabel('Exchange rate')).toHaveValue('90.00');
  await dialog.getByLabel('Date').fill(dayAfter(-9));
  await expect(dialog.getByLabel('Exchange rate')).toHaveValue('83.25');
  await expect(dialog.getByTestId('rate-note')).toContainText('Rate of');
  await expect(dialog.getByTestId('record-worth')).toHaveText('= ₹832.50');
  await save(dialog);
  await expect.poll(() => homes(person)).toEqual([83_250]);

  const next = await openDialog(page);
  await fillRecord(next, { account: 'Dollars', amount: '10', payee: 'Corner shop' });
  await next.getByLabel('Exchange rate').fill('85');
  await next.getByLabel('Date').fill(dayAfter(-20));
  await expect(next.getByTestId('rate-note')).toHaveText('Your own rate');
  await expect(next.getByLabel('Exchange rate')).toHaveValue('85');
  await save(next);
  await expect.poll(async () => (await homes(person)).sort()).toEqual([83_250, 85_000]);
});

test('whoever does not wait for the rate of a day can type one', async ({ page, person }) => {
  await abroad(person, { [dayAfter(-40)]: '80', [today()]: '90' });
  await hold(page, 'rate_on_day');
  const dialog = await openDialog(page);
  await fillRecord(dialog, { account: 'Dollars', amount: '10', payee: 'Book shop' });
  await dialog.getByLabel('Date').fill(dayAfter(-9));
  await expect(dialog.getByTestId('rate-note')).toHaveText('Looking up the rate of that day…');
  await dialog.getByRole('button', { name: 'Cancel looking up the rate' }).click();
  await expect(dialog.getByTestId('rate-note')).toHaveText('The rate of that day is looked up when you save');
  await save(dialog);
  await expect.poll(() => homes(person)).toEqual([80_000]);
});

test('without JavaScript a record takes the rate of its day too', async ({ browser, server, person }) => {
  await abroad(person, { [dayAfter(-40)]: '80', [today()]: '90' });
  const page = await plainPage(browser, server, person);
  await page.goto('/records/new');
  await expect(page.getByLabel('Exchange rate')).toHaveValue('90.00');
  await page.getByLabel('Amount').fill('10');
  await page.getByLabel('Account', { exact: true }).selectOption({ label: 'Dollars' });
  await page.getByLabel('Date').fill(dayAfter(-5));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(/\/records/);
  await expect.poll(() => homes(person)).toEqual([80_000]);
});

test('records without a rate are told of, and one press gives them one', async ({ page, person }) => {
  await abroad(person);
  const rate = { rate: 832_500_000_000, on: '2026-11-20' };
  const some = [{ currency: 'USD', count: 2, rate }];
  await page.route('**/api/load_unrated', (route) => route.fulfill({ json: some }));
  await open(page, '/dashboard');
  const note = page.getByTestId('unrated');
  await expect(note).toContainText('2 records in USD count as nothing in INR');
  await expect(note).toContainText('1 USD was ₹83.25 on 20 Nov 2026');
  const pressed = page.waitForRequest('**/api/use_rate');
  await note.getByRole('button', { name: 'Use this rate for 2 records without one' }).click();
  expect(decodeURIComponent((await pressed).postData())).toContain('2026-11-20');
  await note.getByRole('link', { name: 'Show them' }).click();
  await page.waitForURL('**/records?rate=none');
  await expect(page.getByTestId('sum-count')).toHaveAttribute('data-count', '0');
  await expect(note).toBeVisible();
});

test('a record with a rate is not among those without', async ({ page, person }) => {
  await abroad(person, { [today()]: '90' });
  const account = (await person.book()).accounts.find((one) => one.name === 'Dollars').id;
  await person.save({ account, amount: '5', payee: 'Shop', rate: '90' });
  await open(page, '/records');
  await expect(rowOf(page, 'Shop')).toContainText('₹450.00');
  await open(page, '/records?rate=none');
  await expect(page.getByTestId('sum-count')).toHaveAttribute('data-count', '0');
  await open(page, '/settings');
  await expect(page.getByTestId('unrated')).toHaveCount(0);
});

test('a rate that was mistyped is deleted, with undo, and no longer counts', async ({ page, person }) => {
  await abroad(person, { [dayAfter(-10)]: '83.25', [today()]: '900' });
  await open(page, '/settings');
  const typed = page.getByTestId('typed-rates').getByRole('listitem');
  await expect(typed).toHaveCount(2);
  await expect(page.getByTestId('rate')).toContainText('900.00');
  const remove = typed.first().getByRole('button', { name: /^Delete 1 USD = 900\.00 INR on / });
  await remove.click();
  await expect(typed).toHaveCount(1);
  await expect(page.getByTestId('rate')).toContainText('83.25');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(typed).toHaveCount(2);
  await expect(page.getByTestId('rate')).toContainText('900.00');
  await remove.click();
  await expect(typed).toHaveCount(1);
  await page.reload();
  await expect(typed).toHaveCount(1);
  await expect(page.getByTestId('rate')).toContainText('83.25');
});
