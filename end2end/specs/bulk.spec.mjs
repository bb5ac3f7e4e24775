import { dayAfter, today } from '../fixtures/person.mjs';
import { rowOf } from '../fixtures/records.mjs';
import { tooWide, violations } from '../fixtures/looks.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

const PAYEES = ['Anjali', 'Bakery', 'Cinema', 'Dairy'];

/** Four expenses of the last days, the first payee the newest, and a transfer before them. */
async function fill(person) {
  const { accounts } = await person.book();
  const [cash, bank] = ['Cash', 'Bank'].map((name) => accounts.find((one) => one.name === name).id);
  await person.save({ kind: 'transfer', account: bank, to_account: cash, amount: '100', payee: 'Machine', date: dayAfter(-9) });
  for (const [at, payee] of [...PAYEES.entries()].reverse()) await person.save({ account: cash, payee, amount: String(at + 1), date: dayAfter(-at) });
}

const bar = (page) => page.getByRole('region', { name: 'Selected records' });
const box = (page, payee) => rowOf(page, payee).getByRole('checkbox');

async function select(page, ...payees) {
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  for (const payee of payees) await box(page, payee).check();
  await expect(bar(page).getByRole('status')).toHaveText(`${payees.length} selected`);
}

const ask = async (page, button) => {
  await bar(page).getByRole('button', { name: button, exact: true }).click();
  return page.getByRole('dialog').filter({ visible: true });
};

test('many records are filed at once, what cannot stays and says so, and one Undo brings all back', async ({ page, person }) => {
  await fill(person);
  await open(page, '/records');
  await select(page, 'Anjali', 'Cinema', 'Machine');
  const dialog = await ask(page, 'Set category');
  await dialog.getByLabel('File under').selectOption({ label: 'Fuel' });
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(rowOf(page, 'Anjali')).toContainText('Fuel');
  await expect(rowOf(page, 'Cinema')).toContainText('Fuel');
  await expect(rowOf(page, 'Bakery')).not.toContainText('Fuel');
  await expect(page.getByText('2 records filed under Fuel. 1 transfer has no category.')).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Everything is as it was')).toBeVisible();
  await expect(rowOf(page, 'Anjali')).not.toContainText('Fuel');
  await expect.poll(async () => (await person.records()).every((record) => !record.flow.Expense?.category)).toBe(true);
});

test('tags are added and taken away, and days move', async ({ page, person }) => {
  await fill(person);
  await open(page, '/records');
  await select(page, 'Anjali', 'Bakery');
  let dialog = await ask(page, 'Tags');
  await dialog.getByLabel('Which tags').fill('#goa, trip');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(rowOf(page, 'Bakery')).toContainText('#trip');
  await select(page, 'Bakery');
  dialog = await ask(page, 'Move days');
  await dialog.getByRole('radio', { name: 'Earlier' }).check();
  await dialog.getByLabel('By how many days').fill('2');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(rowOf(page, 'Bakery').locator(`time[datetime="${dayAfter(-3)}"]`)).toBeAttached();
  const saved = (await person.records()).find((record) => record.payee === 'Bakery');
  expect([saved.tags, saved.day]).toEqual([['goa', 'trip'], dayAfter(-3)]);
});

test('a range is deleted together and comes back together', async ({ page, person }) => {
  await fill(person);
  await open(page, '/records');
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await box(page, 'Anjali').click();
  await box(page, 'Cinema').click({ modifiers: ['Shift'] });
  await expect(bar(page).getByRole('status')).toHaveText('3 selected');
  await bar(page).getByRole('button', { name: 'Delete selected' }).click();
  await expect(page.getByTestId('record')).toHaveCount(2);
  await expect.poll(() => person.records()).toHaveLength(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('record')).toHaveCount(5);
  await expect.poll(() => person.records()).toHaveLength(5);
});

test('what was changed elsewhere since is not put back', async ({ page, person }) => {
  await fill(person);
  await open(page, '/records');
  await select(page, 'Anjali', 'Bakery');
  const dialog = await ask(page, 'Set account');
  await dialog.getByLabel('Put into').selectOption({ label: 'Bank' });
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(rowOf(page, 'Anjali')).toContainText('Bank');
  const now = (await person.records()).find((record) => record.payee === 'Anjali');
  await person.save({ id: now.id, revision: String(now.revision), account: now.account, payee: 'Anjali', amount: '7', date: today() });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('1 record was changed in the meantime')).toBeVisible();
  const { accounts } = await person.book();
  const names = Object.fromEntries((await person.records()).map((one) => [one.payee, accounts.find((known) => known.id === one.account).name]));
  expect([names.Anjali, names.Bakery]).toEqual(['Bank', 'Cash']);
});

test('all that match the filter are selected, and x selects the row that has the focus', async ({ page, person }) => {
  await fill(person);
  await open(page, '/records?kind=expense');
  await expect(rowOf(page, 'Anjali')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(rowOf(page, 'Anjali')).toBeFocused();
  await page.keyboard.press('x');
  await expect(bar(page).getByRole('status')).toHaveText('1 selected');
  await bar(page).getByRole('button', { name: /^Select all that match/ }).click();
  await expect(bar(page).getByRole('status')).toHaveText('4 selected');
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  await bar(page).getByRole('button', { name: 'Stop selecting' }).click();
  await expect(bar(page)).toHaveCount(0);
});
