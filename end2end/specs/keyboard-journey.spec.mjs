// From a stranger to a person with records, a bill and a budget, by keys alone.

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

  await test.step('log out', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Search commands' })).toBeFocused();
    await page.keyboard.type('log out');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('link', { name: 'Log in' }).first()).toBeVisible();
  });
});
