import { dayAfter, newId, today } from '../fixtures/person.mjs';
import { save } from '../fixtures/records.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

const bill = (page, name = 'Rent') => page.getByTestId('bill').filter({ hasText: name });

const monthly = (person, fields = {}) => person.call('save_bill', {
  id: newId(), name: 'Rent', amount: '15000', due: today(), repeats: 'monthly', category: '', account: '', remind: '', ...fields,
});

async function nextDue(person) {
  return (await person.book()).bills[0].next_due;
}

test('a bill is added', async ({ page, person }) => {
  await open(page, '/bills');
  await page.getByRole('button', { name: 'Add bill' }).first().click();
  await page.waitForURL(/\/bills\/new\??$/);
  await page.getByLabel('Name', { exact: true }).fill('Rent');
  await page.getByLabel('Amount', { exact: true }).fill('15000');
  await page.getByLabel('Due date', { exact: true }).fill(dayAfter(3));
  await save(page);
  await expect(bill(page).locator('[data-minor="1500000"]')).toBeVisible();
  await expect(bill(page).getByRole('button', { name: 'Mark paid' })).toBeVisible();
  expect(await nextDue(person)).toBe(dayAfter(3));
  await open(page, '/dashboard');
  await expect(page.getByRole('heading', { name: 'Upcoming bills' })).toBeVisible();
  await expect(page.getByText('Rent').first()).toBeVisible();
});

test('paying a bill makes exactly one record, even by a double click', async ({ page, person }) => {
  await monthly(person);
  await open(page, '/bills');
  await bill(page).getByRole('button', { name: 'Mark paid' }).dblclick();
  await expect(page.getByText(/Paid Rent/)).toBeVisible();
  const records = await person.records();
  expect(records.map((record) => [record.payee, record.amount.minor, record.day])).toEqual([['Rent', 1_500_000, today()]]);
  expect(await nextDue(person) > today(), 'the next one is due later').toBe(true);
  await expect(bill(page).getByRole('button', { name: 'Mark paid' })).toBeVisible();
});

test('a bill is paid once without JavaScript', async ({ browser, server, person }) => {
  await monthly(person);
  const page = await plainPage(browser, server, person);
  await page.goto('/bills');
  await bill(page).getByRole('button', { name: 'Mark paid' }).click();
  await expect(page).toHaveURL(/\/bills/);
  expect(await person.records()).toHaveLength(1);
});

test('a payment that goes over a limit says so without JavaScript', async ({ browser, server, person }) => {
  await monthly(person);
  await person.limit('100');
  const page = await plainPage(browser, server, person);
  await page.goto('/bills');
  await bill(page).getByRole('button', { name: 'Mark paid' }).click();
  await expect(page.getByText('Bill paid.')).toBeVisible();
  await expect(page.getByTestId('budget-alert')).toContainText('Everything is over its limit');
});

test('a payment that is refused says why without JavaScript', async ({ browser, server, person }) => {
  await monthly(person);
  const page = await plainPage(browser, server, person);
  await page.goto('/bills');
  const [{ id }] = (await person.book()).bills;
  await person.call('pay_bill', { bill: id, due: today() });
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST'),
    bill(page).getByRole('button', { name: 'Mark paid' }).click(),
  ]);
  expect(answer.status()).toBe(409);
  await expect(page.getByRole('alert').filter({ hasText: 'This bill was settled in the meantime.' })).toBeVisible();
  expect(await person.records()).toHaveLength(1);
});

test('an edit of a bill that was paid meanwhile is refused, keeps what was typed, and opens no paid day', async ({ browser, server, person }) => {
  await monthly(person);
  const page = await plainPage(browser, server, person);
  const [{ id }] = (await person.book()).bills;
  await page.goto(`/bills/${id}/edit`);
  await page.getByLabel('Name', { exact: true }).fill('Rent and water');
  await person.call('pay_bill', { bill: id, due: today() });
  const [answer] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST'), save(page)]);
  expect(answer.status()).toBe(409);
  await expect(page.getByRole('alert').filter({ hasText: 'changed elsewhere' })).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Rent and water');
  expect(await nextDue(person) > today()).toBe(true);
});

test('a settled bill is edited and stays settled', async ({ page, person }) => {
  await monthly(person, { repeats: 'once' });
  const [{ id }] = (await person.book()).bills;
  await person.call('pay_bill', { bill: id, due: today() });
  await open(page, '/bills');
  await bill(page).getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Rent of the old flat');
  await save(page);
  await expect(bill(page, 'Rent of the old flat').getByText('Paid', { exact: true })).toBeVisible();
  expect(await nextDue(person)).toBeNull();
});

test('paying is taken back by Undo', async ({ page, person }) => {
  await monthly(person);
  await open(page, '/bills');
  await bill(page).getByRole('button', { name: 'Mark paid' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await person.records()).length).toBe(0);
  expect(await nextDue(person)).toBe(today());
});

test('skipping a bill records nothing and goes on to the next day it is due', async ({ page, person }) => {
  await monthly(person);
  await open(page, '/bills');
  await bill(page).getByRole('button', { name: 'Skip' }).click();
  await expect(page.getByText(/Skipped Rent/)).toBeVisible();
  expect(await person.records()).toEqual([]);
  expect(await nextDue(person) > today()).toBe(true);
});
