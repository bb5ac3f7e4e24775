// Budgets, categories and accounts show at once what is done to them, and what is refused comes back as it was typed.

import { newId } from '../fixtures/person.mjs';
import { save } from '../fixtures/records.mjs';
import { expect, hold, open, test, wanted } from '../fixtures/test.mjs';

const bill = (page, name) => page.getByTestId('bill').filter({ hasText: name });
const budget = (page, name) => page.getByTestId('budget').filter({ hasText: name });
const category = (page, name) => page.getByTestId('category').filter({ has: page.getByText(name, { exact: true }) });
const account = (page, name) => page.getByTestId('account').filter({ has: page.getByText(name, { exact: true }) });
const field = (page, name) => page.getByLabel(name, { exact: true });
const names = async (person, what) => (await person.book())[what].map((one) => one.name);

/** Answers the calls of a server function with an error once they are let go. */
async function refuse(page, endpoint, status, error) {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(`**/api/${endpoint}`, async (route) => {
    await held;
    await route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(error) });
  });
  return release;
}

test('a bill, a budget, a category and an account show while their saves are on their way', async ({ page, person }) => {
  for (const [list, endpoint, row, fields] of [
    ['budgets', 'save_budget', budget, { Name: 'Food', Amount: '500' }],
    ['categories', 'save_category', category, { Name: 'Bicycles' }],
    ['bills', 'save_bill', bill, { Name: 'Rent', Amount: '500' }],
    ['accounts', 'save_account', account, { Name: 'Savings', 'Opening balance': '500' }],
  ]) {
    await open(page, `/${list}/new`);
    const release = await hold(page, endpoint);
    for (const [name, value] of Object.entries(fields)) await field(page, name).fill(value);
    await save(page);
    await page.waitForURL(new RegExp(`/${list}$`));
    await expect(row(page, fields.Name)).toBeVisible();
    expect(await names(person, list)).not.toContain(fields.Name);
    release();
    await expect(page.getByText(/^(Bill|Budget|Category|Account) added$/)).toBeVisible();
    await expect(row(page, fields.Name)).toBeVisible();
    await expect.poll(() => names(person, list)).toContain(fields.Name);
  }
});

test('a bill that the server refuses comes back with its plan, and is saved once', async ({ page, person }) => {
  await open(page, '/bills/new');
  const release = await refuse(page, 'save_bill', 422, { Invalid: { name: 'Use another name' } });
  await field(page, 'Name').fill('Rent');
  await field(page, 'Amount').fill('500');
  await field(page, 'Repeats').selectOption('quarterly');
  await save(page);
  await expect(bill(page, 'Rent')).toBeVisible();
  release();
  await page.waitForURL(/\/bills\/new$/);
  await expect(field(page, 'Name')).toBeFocused();
  await expect(field(page, 'Name')).toHaveValue('Rent');
  await expect(field(page, 'Repeats')).toHaveValue('quarterly');
  await page.unroute('**/api/save_bill');
  await field(page, 'Name').fill('Rent of the flat');
  await save(page);
  await expect.poll(() => names(person, 'bills')).toEqual(['Rent of the flat']);
});

test('what the server refuses comes back as it was typed, with the reason beside the field', async ({ page, person }) => {
  await open(page, '/categories/new');
  const release = await refuse(page, 'save_category', 422, { Invalid: { name: 'There is a category of this name already' } });
  await field(page, 'Name').fill('Bicycles');
  await page.getByRole('radio', { name: 'Cup', exact: true }).check();
  await save(page);
  await expect(category(page, 'Bicycles')).toBeVisible();
  release();
  await page.waitForURL(/\/categories\/new$/);
  await expect(field(page, 'Name')).toHaveValue('Bicycles');
  await expect(field(page, 'Name')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'Name')).toBeFocused();
  await expect(page.getByText('There is a category of this name already')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Cup', exact: true })).toBeChecked();
  await page.unroute('**/api/save_category');
  await field(page, 'Name').fill('Tandems');
  await save(page);
  await expect(category(page, 'Tandems')).toBeVisible();
  await expect(category(page, 'Bicycles')).toHaveCount(0);
  await expect.poll(async () => (await names(person, 'categories')).filter((name) => /Bicycles|Tandems/.test(name))).toEqual(['Tandems']);
});

test('an offline save of an account comes back too, and is sent again from its form', async ({ page, context, person, faults }) => {
  const cash = (await person.book()).accounts.find((one) => one.name === 'Cash');
  await open(page, '/accounts');
  await account(page, 'Cash').getByRole('button', { name: 'Edit' }).click();
  await field(page, 'Name').fill('Purse');
  await context.setOffline(true);
  await save(page);
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be reached' })).toBeVisible();
  await expect(field(page, 'Name')).toHaveValue('Purse');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(account(page, 'Purse')).toBeVisible();
  await expect.poll(async () => (await person.book()).accounts.find((one) => one.id === cash.id).name).toBe('Purse');
  wanted(faults, /ERR_INTERNET_DISCONNECTED/);
});

test('whoever has gone on is told, and opens what was refused when they like', async ({ page, person, faults }) => {
  await open(page, '/budgets/new');
  const release = await refuse(page, 'save_budget', 500, { Internal: { reference: 'abc23456' } });
  await field(page, 'Name').fill('Food');
  await field(page, 'Amount').fill('500');
  await field(page, 'Period').selectOption({ label: 'Week' });
  await save(page);
  await expect(budget(page, 'Food')).toBeVisible();
  await page.getByRole('link', { name: 'Records' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Records' })).toBeVisible();
  release();
  await expect(page.getByText(/Food was not saved/)).toBeVisible();
  await page.unroute('**/api/save_budget');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(field(page, 'Amount')).toHaveValue('500');
  await expect(field(page, 'Period')).toHaveValue('week');
  await save(page);
  await expect(budget(page, 'Food')).toBeVisible();
  await expect.poll(() => names(person, 'budgets')).toEqual(['Food']);
  wanted(faults, /save_budget/);
});

test('a budget goes and comes back at once, and stays where the deletion fails', async ({ page, person, faults }) => {
  await person.limit('500', { id: newId(), name: 'Food' });
  await open(page, '/budgets');
  const [letDelete, letRestore] = [await hold(page, 'delete_budget'), await hold(page, 'restore_budget')];
  await budget(page, 'Food').getByRole('button', { name: 'Delete' }).click();
  await expect(budget(page, 'Food')).toHaveCount(0);
  letDelete();
  await expect.poll(() => names(person, 'budgets')).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(budget(page, 'Food')).toBeVisible();
  expect(await names(person, 'budgets')).toEqual([]);
  letRestore();
  await expect.poll(() => names(person, 'budgets')).toEqual(['Food']);
  await page.unroute('**/api/delete_budget');
  const fail = await refuse(page, 'delete_budget', 500, { Internal: { reference: 'abc23456' } });
  await budget(page, 'Food').getByRole('button', { name: 'Delete' }).click();
  await expect(budget(page, 'Food')).toHaveCount(0);
  fail();
  await expect(page.getByText(/Food was not deleted/)).toBeVisible();
  await expect(budget(page, 'Food')).toBeVisible();
  wanted(faults, /delete_budget/);
});

test('archiving and moving show at once, and are taken back where they fail', async ({ page, person, faults }) => {
  await open(page, '/categories');
  const letArchive = await hold(page, 'archive_category');
  await category(page, 'Fuel').getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText(/^Archived \(1\)$/)).toBeVisible();
  letArchive();
  await expect(page.getByText('Fuel archived')).toBeVisible();
  const isArchived = async () => (await person.book()).categories.find((one) => one.name === 'Fuel').archived;
  await expect.poll(isArchived).toBe(true);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText(/^Archived/)).toHaveCount(0);
  await expect.poll(isArchived).toBe(false);

  await open(page, '/accounts?order=on');
  const rows = page.getByTestId('order-row');
  const before = await rows.allInnerTexts();
  const fail = await refuse(page, 'move_account', 500, { Internal: { reference: 'abc23456' } });
  await rows.first().getByRole('button', { name: 'Move down' }).click();
  await expect.poll(() => rows.allInnerTexts()).toEqual([...before].reverse());
  fail();
  await expect(page.getByText(/The order stays as it was/)).toBeVisible();
  expect(await rows.allInnerTexts()).toEqual(before);
  await page.unroute('**/api/move_account');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => rows.allInnerTexts()).toEqual([...before].reverse());
  await expect.poll(async () => {
    const { accounts } = await person.book();
    return accounts.filter((one) => one.position === 1).map((one) => one.name);
  }).toEqual([before[1].trim()]);
  wanted(faults, /move_account/);
});

test('a deed shows without a gap while what others wrote in between is fetched', async ({ page, person }) => {
  const fuel = (await person.book()).categories.find((one) => one.name === 'Fuel');
  await open(page, '/categories');
  await person.call('save_category', { id: fuel.id, revision: String(fuel.revision), name: 'Petrol' });
  const release = await hold(page, 'changes_since');
  const asked = page.waitForRequest('**/api/changes_since');
  await category(page, 'Fuel').getByRole('button', { name: 'Archive' }).click();
  await page.getByText(/^Archived \(1\)$/).click();
  await asked;
  await expect(category(page, 'Fuel')).toBeVisible();
  release();
  await expect(category(page, 'Petrol')).toBeVisible();
  await expect(page.getByText('Fuel archived')).toBeVisible();
});
