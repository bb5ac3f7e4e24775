import { dayAfter } from '../fixtures/person.mjs';
import { fillRecord, openDialog, rowOf, save, sumOfRows, sumsShown } from '../fixtures/records.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

const RECORDS = [
  { kind: 'Expense', amount: '12+8.50', category: 'Groceries', payee: 'Corner shop', minor: 2050, note: 'milk', tags: 'home' },
  { kind: 'Income', amount: '1000', category: 'Salary', payee: 'The office', minor: 100_000 },
  { kind: 'Transfer', amount: '250', account: 'Bank', toAccount: 'Cash', payee: 'Cash machine', minor: 25_000 },
];

for (const record of RECORDS) {
  const kind = record.kind.toLowerCase();

  test(`${kind} is added in the dialog`, async ({ page, person }) => {
    const dialog = await openDialog(page);
    await fillRecord(dialog, record);
    await save(dialog);
    await expect(rowOf(page, record.payee)).toBeVisible();
    await expect(dialog).toBeHidden();
    await expect(rowOf(page, record.payee).locator(`[data-minor="${record.minor}"]`)).toBeVisible();
    expect((await person.records()).map((saved) => saved.amount.minor)).toEqual([record.minor]);
  });

  test(`${kind} is added by the plain form without JavaScript`, async ({ browser, server, person }) => {
    const page = await plainPage(browser, server, person);
    await page.goto('/records/new');
    await fillRecord(page, record);
    await save(page);
    await expect(page).toHaveURL(/\/records$/);
    await expect(rowOf(page, record.payee).locator(`[data-minor="${record.minor}"]`)).toBeVisible();
    expect(await person.records()).toHaveLength(1);
  });
}

test('exactly one button adds a record', async ({ page, person }) => {
  await open(page, '/records');
  await expect(page.getByRole('button', { name: 'Add record', exact: true })).toHaveCount(1);
  expect(await person.records()).toEqual([]);
});

test('nonsense for an amount keeps the form and what was typed', async ({ page, person }) => {
  const dialog = await openDialog(page);
  await fillRecord(dialog, { amount: 'twelve', payee: 'Corner shop' });
  await save(dialog);
  const amount = dialog.getByLabel('Amount', { exact: true });
  await expect(amount).toHaveAttribute('aria-invalid', 'true');
  await expect(amount).toHaveAccessibleDescription(/\w/);
  await expect(amount).toHaveValue('twelve');
  await expect(dialog.getByLabel('Payee', { exact: true })).toHaveValue('Corner shop');
  expect(await person.records()).toEqual([]);
});

test('nonsense comes back with 422 without JavaScript', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/records/new');
  await fillRecord(page, { amount: 'twelve', payee: 'Corner shop' });
  const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), save(page)]);
  expect(answer.status()).toBe(422);
  await expect(page.getByLabel('Amount', { exact: true })).toHaveValue('twelve');
  await expect(page.getByLabel('Amount', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Payee', { exact: true })).toHaveValue('Corner shop');
  expect(await person.records()).toEqual([]);
});

test('a record of an earlier day stands at its day', async ({ page, person }) => {
  await person.save({ payee: 'Today' });
  const dialog = await openDialog(page);
  await fillRecord(dialog, { amount: '5', payee: 'Long ago', date: dayAfter(-40) });
  await save(dialog);
  await expect(rowOf(page, 'Long ago').locator(`time[datetime="${dayAfter(-40)}"]`)).toBeVisible();
  await expect(page.getByTestId('record').last()).toContainText('Long ago');
});

test('a record is changed in place', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop', amount: '10' });
  await open(page, '/records');
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit record' });
  await fillRecord(dialog, { amount: '11.75', payee: 'Market' });
  await save(dialog);
  await expect(rowOf(page, 'Market').locator('[data-minor="1175"]')).toBeVisible();
  await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
  expect(await person.records()).toHaveLength(1);
});

test('a deleted record comes back by Undo', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Delete' }).click();
  await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
  expect(await person.records()).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  expect(await person.records()).toHaveLength(1);
});

test('a deleted record comes back by Undo without JavaScript', async ({ browser, server, person }) => {
  await person.save({ payee: 'Corner shop' });
  const page = await plainPage(browser, server, person);
  await page.goto('/records');
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Delete' }).click();
  await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
});

test('searching narrows the list and its sum', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop', amount: '10' });
  await person.save({ payee: 'Fuel station', amount: '50' });
  await open(page, '/records');
  const search = page.getByLabel('Search records');
  await search.fill('corner');
  await expect(rowOf(page, 'Fuel station')).toHaveCount(0);
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  await expect(page.getByTestId('sum-expenses')).toHaveAttribute('data-minor', '1000');
  await search.fill('nothing like it');
  await expect(page.getByText('No matches', { exact: true })).toBeVisible();
  await search.fill('');
  await expect(page.getByTestId('record')).toHaveCount(2);
});

test('the sum shown is the sum of the rows, also after saving and deleting', async ({ page, person }) => {
  for (const amount of ['10.10', '20.20', '0.05']) await person.save({ amount });
  await person.save({ kind: 'income', amount: '99.99' });
  const dialog = await openDialog(page);
  await fillRecord(dialog, { amount: '3.33', payee: 'New one' });
  await save(dialog);
  await expect(page.getByTestId('record')).toHaveCount(5);
  const expected = { count: 5, expenses: 3368, income: 9999, transfers: 0 };
  await expect.poll(() => sumsShown(page)).toEqual(expected);
  expect(await sumOfRows(page)).toEqual(expected);
  await rowOf(page, 'New one').getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => sumsShown(page)).toEqual({ ...expected, count: 4, expenses: 3035 });
});

test('Load more shows every record once', async ({ page, browser, server, person }) => {
  await person.recordFields();
  await Promise.all(Array.from({ length: 60 }, (_, at) => person.save({ payee: `number ${at}`, date: dayAfter(-(at % 7)) })));

  await test.step('in place', async () => {
    await open(page, '/records');
    const shown = await page.getByTestId('record').count();
    expect(shown).toBeLessThan(60);
    await page.getByRole('button', { name: 'Load more' }).click();
    await expect(page.getByTestId('record')).toHaveCount(60);
    const ids = await page.getByTestId('record').evaluateAll((rows) => rows.map((row) => row.dataset.id));
    expect(new Set(ids).size).toBe(60);
    await expect(page.getByRole('button', { name: 'Load more' })).toHaveCount(0);
  });

  await test.step('without JavaScript', async () => {
    const plain = await plainPage(browser, server, person);
    await plain.goto('/records');
    const ids = new Set();
    for (;;) {
      for (const id of await plain.getByTestId('record').evaluateAll((rows) => rows.map((row) => row.dataset.id))) ids.add(id);
      const more = plain.getByRole('link', { name: 'Load more' });
      if ((await more.count()) === 0) break;
      const before = plain.url();
      await more.click();
      await expect(plain).not.toHaveURL(before);
    }
    expect(ids.size).toBe(60);
  });
});

test('a double click saves once', async ({ page, person }) => {
  const dialog = await openDialog(page);
  await fillRecord(dialog, { amount: '7', payee: 'Corner shop' });
  await dialog.getByRole('button', { name: 'Save', exact: true }).dblclick();
  await expect(rowOf(page, 'Corner shop')).toHaveCount(1);
  await expect(dialog).toBeHidden();
  expect(await person.records()).toHaveLength(1);
});

for (const [way, close] of [
  ['its button', (page) => page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()],
  ['Escape', (page) => page.keyboard.press('Escape')],
]) {
  test(`closing the dialog by ${way} saves nothing`, async ({ page, person }) => {
    const dialog = await openDialog(page);
    await fillRecord(dialog, { amount: '7' });
    await close(page);
    await expect(dialog).toBeHidden();
    expect(await person.records()).toEqual([]);
    await expect(page.getByRole('button', { name: 'Add record', exact: true })).toBeFocused();
  });
}
