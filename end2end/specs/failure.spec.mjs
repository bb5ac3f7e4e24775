import { answered, fillRecord, openDialog, rowOf, save } from '../fixtures/records.mjs';
import { expect, open, test, wanted } from '../fixtures/test.mjs';

const REFERENCE = 'abc23456';

/** Lets a server function fail; the answer makes it work again. */
async function failing(page, endpoint) {
  const url = `**/api/${endpoint}`;
  const body = JSON.stringify({ Internal: { reference: REFERENCE } });
  await page.route(url, (route) => route.fulfill({ status: 500, contentType: 'application/json', body }));
  return () => page.unroute(url);
}

const reference = (place) => place.getByText(`reference ${REFERENCE}`).first();
const again = (page) => page.getByRole('button', { name: 'Try again' }).first().click();

test('a save that fails is taken back, tells its reference, opens again as it was typed, and is tried again', async ({ page, person, faults }) => {
  const dialog = await openDialog(page);
  await fillRecord(dialog, { amount: '12.50', payee: 'Corner shop', note: 'milk', tags: 'home' });
  const mend = await failing(page, 'save_record');
  await save(dialog);
  await expect(reference(page)).toBeVisible();
  await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  for (const [name, text] of [['Amount', '12.50'], ['Payee', 'Corner shop'], ['Note', 'milk'], ['Tags', 'home']]) {
    await expect(dialog.getByLabel(name, { exact: true })).toHaveValue(text);
  }
  await save(dialog);
  await expect(reference(page)).toBeVisible();
  await expect.poll(() => person.records()).toEqual([]);
  await mend();
  await again(page);
  await expect(rowOf(page, 'Corner shop')).toHaveCount(1);
  await expect(dialog).toBeHidden();
  await answered(page);
  await expect.poll(() => person.records()).toHaveLength(1);
  wanted(faults, /save_record/);
});

test('a deletion that fails is taken back, tells its reference, and is tried again', async ({ page, person, faults }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  const mend = await failing(page, 'delete_record');
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Delete' }).click();
  await expect(reference(page.getByRole('status'))).toBeVisible();
  await expect(rowOf(page, 'Corner shop')).toHaveCount(1);
  await expect(page.getByText('Record deleted')).toHaveCount(0);
  await mend();
  await again(page);
  await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
  await expect.poll(() => person.records()).toEqual([]);
  wanted(faults, /delete_record/);
});

test('a list that fails tells its reference in its place, and is tried again', async ({ page, person, faults }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/dashboard');
  const mend = await failing(page, 'list_records');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Records', exact: true }).click();
  await expect(reference(page.getByRole('alert'))).toBeVisible();
  await mend();
  await again(page);
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  wanted(faults, /list_records/);
});
