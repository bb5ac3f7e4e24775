import { PASSWORD } from '../fixtures/person.mjs';
import { fillRecord, openDialog, rowOf, save } from '../fixtures/records.mjs';
import { expect, hydrated, open, test } from '../fixtures/test.mjs';

/** How a session goes while a page is open. */
const WAYS = [
  ['was ended elsewhere', ({ person }) => person.call('log_out')],
  ['has expired', ({ context }) => context.clearCookies()],
];

async function logIn(page, email) {
  await hydrated(page);
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
}

for (const [what, end] of WAYS) {
  test(`a save after the session ${what} leads to log-in and back`, async ({ page, context, person }) => {
    const dialog = await openDialog(page);
    await fillRecord(dialog, { amount: '5', payee: 'Corner shop' });
    await end({ person, context });
    await save(dialog);
    await expect(page).toHaveURL(/\/login\?next=\/records$/);
    await logIn(page, person.email);
    await page.waitForURL('**/records');
    await hydrated(page);
    await expect(page.getByRole('heading', { level: 1, name: 'Records' })).toBeVisible();
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(dialog.getByLabel('Payee', { exact: true })).toHaveValue('Corner shop');
    await save(dialog);
    await expect(rowOf(page, 'Corner shop')).toBeVisible();
  });

  test(`a search after the session ${what} leads to log-in and back to what was searched for`, async ({ page, context, person }) => {
    await person.save({ payee: 'Corner shop' });
    await person.save({ payee: 'Fuel station' });
    await open(page, '/records');
    await end({ person, context });
    await page.getByLabel('Search records').fill('corner');
    await expect(page).toHaveURL(/\/login\?next=/);
    await logIn(page, person.email);
    await page.waitForURL('**/records?q=corner');
    await expect(rowOf(page, 'Corner shop')).toBeVisible();
    await expect(rowOf(page, 'Fuel station')).toHaveCount(0);
  });
}
