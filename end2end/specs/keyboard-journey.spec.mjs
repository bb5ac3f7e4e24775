// From a stranger to a person with records, a bill, a budget and envelopes, by keys alone.

import { PASSWORD, freshEmail } from '../fixtures/person.mjs';
import { rowOf } from '../fixtures/records.mjs';
import { expect, hydrated, open, test } from '../fixtures/test.mjs';

/** How many presses of Tab may lie between two places of a page. */
const FAR = 80;

const field = (place, name) => place.getByLabel(name, { exact: true });

/** Presses Tab until the element has the focus. */
async function tabTo(page, target) {
  await expect(target).toBeVisible();
  for (let at = 0; at < FAR; at += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target, 'reached by Tab').toBeFocused();
}

async function type(page, target, text) {
  await tabTo(page, target);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

async function press(page, target, key = 'Enter') {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** To the records from wherever it is, by way of another page: its heading has the focus then. */
async function toRecords(page) {
  for (const [key, name] of [['d', 'Dashboard'], ['r', 'Records']]) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
  }
}

/** Chooses from the palette. */
async function command(page, typed, words) {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search commands' })).toBeFocused();
  await page.keyboard.type(typed);
  await expect(page.locator('[role=option][aria-selected=true]')).toHaveText(words);
  await page.keyboard.press('Enter');
}

test('a stranger signs up, keeps records, a bill and a budget, and logs out by keys alone', async ({ page }) => {
  test.slow();

  await test.step('sign up', async () => {
    await open(page, '/');
    await press(page, page.getByRole('link', { name: 'Create account' }).first());
    await page.waitForURL('**/signup');
    for (const [name, text] of [['Name', 'Asha Rao'], ['Email', freshEmail()], ['Password', PASSWORD], ['Confirm password', PASSWORD]]) {
      await type(page, field(page, name), text);
    }
    await press(page, page.getByLabel('I agree to the terms'), 'Space');
    await press(page, page.getByRole('button', { name: 'Create account' }));
    await page.waitForURL('**/dashboard');
    await hydrated(page);
  });

  await test.step('skip to the content', async () => {
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: /skip to/i });
    await expect(skip).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('main')).toBeFocused();
  });

  await test.step('record an expense', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL('**/records');
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'Add record' });
    await expect(field(dialog, 'Amount')).toBeFocused();
    await page.keyboard.type('80');
    await tabTo(page, field(dialog, 'Category'));
    await page.keyboard.type('Groc');
    await type(page, field(dialog, 'Payee'), 'Corner shop');
    await press(page, dialog.getByRole('button', { name: 'Save', exact: true }));
    await expect(rowOf(page, 'Corner shop')).toContainText('Groceries');
    await expect(dialog).toBeHidden();
  });

  await test.step('add a bill and pay it', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await page.waitForURL('**/bills');
    await press(page, page.getByRole('button', { name: 'Add bill' }).first());
    await page.waitForURL(/\/bills\/new/);
    await type(page, field(page, 'Name'), 'Rent');
    await type(page, field(page, 'Amount'), '15000');
    await press(page, page.getByRole('button', { name: 'Save', exact: true }));
    await press(page, page.getByTestId('bill').getByRole('button', { name: 'Mark paid' }));
    await expect(page.getByText(/Paid Rent/)).toBeVisible();
  });

  await test.step('set a limit', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await page.waitForURL('**/budgets');
    await press(page, page.getByRole('button', { name: 'Add budget' }).first());
    await page.waitForURL(/\/budgets\/new/);
    await type(page, field(page, 'Amount'), '20000');
    await press(page, page.getByRole('button', { name: 'Save', exact: true }));
    await expect(page.getByRole('progressbar', { name: 'Monthly budget' })).toHaveAttribute('aria-valuenow', '75');
  });

  await test.step('find the record and take it away', async () => {
    await page.keyboard.press('/');
    await expect(page.getByRole('combobox', { name: 'Search records' })).toBeFocused();
    await page.keyboard.type('corner');
    await expect(rowOf(page, 'Rent')).toBeHidden();
    await press(page, rowOf(page, 'Corner shop').getByRole('button', { name: 'Delete' }));
    await expect(rowOf(page, 'Corner shop')).toBeHidden();
    await press(page, page.getByRole('button', { name: 'Undo' }).last());
    await expect(rowOf(page, 'Corner shop')).toBeVisible();
  });

  await test.step('edit a record, and split it over two categories', async () => {
    await toRecords(page);
    await expect(rowOf(page, 'Corner shop')).toBeVisible();
    while (!(await rowOf(page, 'Corner shop').evaluate((row) => row === document.activeElement))) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Edit record' });
    await expect(field(dialog, 'Payee')).toHaveValue('Corner shop');
    await type(page, field(dialog, 'Note'), 'for the week');
    await press(page, dialog.getByText('Split over several', { exact: true }));
    await tabTo(page, field(dialog, 'Part 1: for'));
    await page.keyboard.type('Groc');
    await type(page, field(dialog, 'Part 1: how much'), '50');
    await tabTo(page, field(dialog, 'Part 2: for'));
    await page.keyboard.type('Fuel');
    await type(page, field(dialog, 'Part 2: how much'), '30');
    await press(page, dialog.getByRole('button', { name: 'Save', exact: true }));
    await expect(dialog).toBeHidden();
    await expect(rowOf(page, 'Corner shop')).toContainText('for the week');
    await expect(rowOf(page, 'Corner shop')).toContainText('Fuel');
  });

  await test.step('select two records and tag them', async () => {
    await toRecords(page);
    await expect(rowOf(page, 'Rent')).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await expect(page.getByText('2 selected')).toBeVisible();
    await command(page, 'tags', 'Tags');
    const dialog = page.getByRole('dialog').filter({ visible: true });
    await type(page, field(dialog, 'Which tags'), 'home');
    await press(page, dialog.getByRole('button', { name: 'Apply' }));
    await expect(rowOf(page, 'Rent')).toContainText('#home');
    await expect(rowOf(page, 'Corner shop')).toContainText('#home');
  });

  await test.step('merge a category into another', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.waitForURL('**/categories');
    const fuel = page.getByTestId('category').filter({ has: page.getByText('Fuel', { exact: true }) });
    await expect(fuel).toBeVisible();
    while (!(await fuel.evaluate((row) => row === document.activeElement))) await page.keyboard.press('ArrowDown');
    await command(page, 'merge', 'Merge: Fuel');
    await page.waitForURL('**/merge');
    await tabTo(page, field(page, 'Merge into'));
    await page.keyboard.type('Transp');
    await press(page, page.getByRole('button', { name: 'Merge', exact: true }));
    await expect(fuel).toHaveCount(0);
  });

  await test.step('plan the envelopes and move money between them', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await page.waitForURL('**/budgets/envelopes');
    await type(page, field(page, 'Groceries'), '400');
    await type(page, field(page, 'Transport'), '150');
    await press(page, page.getByRole('button', { name: 'Save the plan' }));
    await expect(page.getByTestId('envelopes-given')).toHaveAttribute('data-minor', '55000');
    await press(page, page.getByText('Move money between envelopes'));
    const form = page.getByRole('form', { name: 'Move money' });
    await tabTo(page, field(form, 'From'));
    await page.keyboard.type('Transp');
    await tabTo(page, field(form, 'To'));
    await page.keyboard.type('Groc');
    await type(page, field(form, 'How much'), '50');
    await press(page, form.getByRole('button', { name: 'Move' }));
    await expect(field(page, 'Groceries')).toHaveValue('450.00');
  });

  await test.step('skip a bill from its page', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await page.waitForURL('**/bills');
    await expect(page.getByTestId('bill')).toBeVisible();
    while (!(await page.getByTestId('bill').evaluate((row) => row === document.activeElement))) await page.keyboard.press('ArrowDown');
    await command(page, 'skip', 'Skip: Rent');
    await expect(page.getByText('Skipped Rent')).toBeVisible();
  });

  await test.step('log out', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Search commands' })).toBeFocused();
    await page.keyboard.type('log out');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('link', { name: 'Log in' }).first()).toBeVisible();
  });
});
