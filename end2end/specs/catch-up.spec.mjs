// One person in two tabs, and in one tab that stays open for long.

import { dayAfter } from '../fixtures/person.mjs';
import { fillRecord, openDialog, rowOf, save, sumOfRows, sumsShown } from '../fixtures/records.mjs';
import { expect, hold, lookAgain, open, test } from '../fixtures/test.mjs';

const DAY_MS = 24 * 60 * 60 * 1000;

test('what one tab saves, edits and deletes shows in the other as soon as it is looked at', async ({ page, context, person }) => {
  await person.save({ payee: 'Before', amount: '1' });
  const other = await context.newPage();
  await open(other, '/records');

  await test.step('saved', async () => {
    const dialog = await openDialog(page);
    await fillRecord(dialog, { amount: '7', payee: 'Corner shop' });
    await save(dialog);
    await expect(page.getByText('Record added')).toBeVisible();
    await lookAgain(other);
    await expect(rowOf(other, 'Corner shop').locator('[data-minor="700"]')).toBeVisible();
    await expect.poll(() => sumsShown(other)).toMatchObject({ count: 2, expenses: 800 });
  });

  await test.step('edited', async () => {
    await rowOf(other, 'Corner shop').getByRole('button', { name: 'Edit' }).click();
    const dialog = other.getByRole('dialog', { name: 'Edit record' });
    await fillRecord(dialog, { amount: '8', payee: 'Market' });
    await save(dialog);
    await expect(other.getByText('Record saved')).toBeVisible();
    await lookAgain(page);
    await expect(rowOf(page, 'Market').locator('[data-minor="800"]')).toBeVisible();
    await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
  });

  await test.step('deleted', async () => {
    const deleted = page.waitForResponse('**/api/delete_record');
    await rowOf(page, 'Market').getByRole('button', { name: 'Delete' }).click();
    await expect(rowOf(page, 'Market')).toHaveCount(0);
    await (await deleted).finished();
    await lookAgain(other);
    await expect(rowOf(other, 'Market')).toHaveCount(0);
    await expect.poll(() => sumsShown(other)).toMatchObject({ count: 1, expenses: 100 });
  });
});

test('the plan and the week of the book follow in the other tab', async ({ page, context, person }) => {
  await open(page, '/reports');
  const firstOfWeek = page.getByTestId('report-heat').locator('thead th').first();
  await expect(firstOfWeek).toHaveText('Mon');
  const other = await context.newPage();
  await open(other, '/settings');
  await other.getByLabel('Planned monthly income (optional)', { exact: true }).fill('50000');
  await other.getByRole('radio', { name: 'Sunday' }).check();
  await other.getByRole('button', { name: 'Save book' }).click();
  await other.waitForURL('**/settings?saved=1');
  await lookAgain(page);
  await expect(firstOfWeek).toHaveText('Sun');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByLabel('Planned monthly income (optional)', { exact: true })).toHaveValue(/50,?000/);
  await expect(page.getByRole('radio', { name: 'Sunday' })).toBeChecked();
});

test('two tabs that save at once lose nothing', async ({ page, context, person }) => {
  const other = await context.newPage();
  const tabs = [[page, 'Corner shop', '7'], [other, 'Market', '8']];
  for (const [tab, payee, amount] of tabs) await fillRecord(await openDialog(tab), { amount, payee });
  const release = await Promise.all(tabs.map(([tab]) => hold(tab, 'save_record')));
  await Promise.all(tabs.map(([tab]) => save(tab.getByRole('dialog'))));
  for (const go of release) go();
  for (const [tab, payee] of tabs) await expect(rowOf(tab, payee)).toBeVisible();
  await expect.poll(() => person.records()).toHaveLength(2);
  for (const [tab] of tabs) await lookAgain(tab);
  for (const [tab] of tabs) {
    for (const [, payee] of tabs) await expect(rowOf(tab, payee)).toBeVisible();
    await expect.poll(() => sumOfRows(tab)).toMatchObject({ count: 2, expenses: 1500 });
  }
});

test('an answer that shows that others wrote brings what they wrote', async ({ page, person }) => {
  const dialog = await openDialog(page);
  await person.save({ payee: 'Elsewhere', amount: '5' });
  await fillRecord(dialog, { amount: '7', payee: 'Corner shop' });
  await save(dialog);
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  await expect(rowOf(page, 'Elsewhere')).toBeVisible();
  await page.getByRole('link', { name: 'Dashboard' }).click();
  await expect(page.getByTestId('figure-expenses')).toHaveAttribute('data-minor', '1200');
});

test('looking again where nothing changed asks once and no more', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  const calls = [];
  page.on('request', (request) => { if (request.url().includes('/api/')) calls.push(new URL(request.url()).pathname); });
  const answered = page.waitForResponse('**/api/changes_since');
  await lookAgain(page);
  await (await answered).finished();
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Edit' }).click();
  await expect(page.getByRole('dialog').getByLabel('Amount', { exact: true })).toBeVisible();
  expect(calls.filter((path) => path === '/api/changes_since')).toHaveLength(1);
});

test('deleting what is deleted already takes the row away', async ({ page, person }) => {
  const { records } = await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  await person.call('delete_record', { id: records[0].id });
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Delete' }).click();
  await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
});

test('a tab left open overnight knows the new day', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  const day = rowOf(page, 'Corner shop').locator('time');
  await expect(day).toHaveText('Today');
  await page.clock.setFixedTime(new Date(Date.now() + DAY_MS));

  await test.step('in the form, even when nothing told that the page is looked at', async () => {
    await page.getByRole('button', { name: 'Add record', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Add record' });
    await expect(dialog.getByLabel('Date', { exact: true })).toHaveValue(dayAfter(1));
    await page.keyboard.press('Escape');
  });

  await test.step('in words and on the dashboard', async () => {
    await expect(day).toHaveText('Yesterday');
    await page.getByRole('link', { name: 'Dashboard' }).click();
    const words = page.locator('.lead').first();
    const named = (ms) => new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Kolkata', day: 'numeric', month: 'long', year: 'numeric' }).format(Date.now() + ms);
    await expect(words).toContainText(named(DAY_MS));
    await page.clock.setFixedTime(new Date(Date.now() + 2 * DAY_MS));
    await lookAgain(page);
    await expect(words).toContainText(named(2 * DAY_MS));
  });
});
