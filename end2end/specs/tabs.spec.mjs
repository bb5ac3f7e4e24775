import { fillRecord, openDialog, rowOf, sumsShown } from '../fixtures/records.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

const SPENT = [
  { amount: '7.25', payee: 'First tab' },
  { amount: '4.50', payee: 'Second tab' },
];

test('two tabs that save at once, each by a double click, lose and double nothing', async ({ page, context, person }) => {
  const tabs = [page, await context.newPage()];
  const dialogs = [];
  for (const [at, tab] of tabs.entries()) {
    const dialog = await openDialog(tab);
    await fillRecord(dialog, SPENT[at]);
    dialogs.push(dialog);
  }
  await Promise.all(dialogs.map((dialog) => dialog.getByRole('button', { name: 'Save', exact: true }).dblclick()));
  for (const [at, tab] of tabs.entries()) {
    await expect(dialogs[at]).toBeHidden();
    await expect(rowOf(tab, SPENT[at].payee)).toHaveCount(1);
  }
  const saved = async () => (await person.records()).map((record) => [record.payee, record.amount.minor]).toSorted();
  await expect.poll(saved).toEqual([['First tab', 725], ['Second tab', 450]]);
  for (const tab of tabs) {
    await open(tab, '/records');
    await expect(tab.getByTestId('record')).toHaveCount(2);
    expect(await sumsShown(tab)).toMatchObject({ count: 2, expenses: 1175 });
  }
});

test('tabs that edit the same record leave one of the two and a sum that agrees', async ({ page, context, person }) => {
  await person.save({ amount: '1', payee: 'Corner shop' });
  const tabs = [page, await context.newPage()];
  const dialogs = [];
  for (const [at, tab] of tabs.entries()) {
    await open(tab, '/records');
    await rowOf(tab, 'Corner shop').getByRole('button', { name: 'Edit' }).click();
    const dialog = tab.getByRole('dialog', { name: 'Edit record' });
    await fillRecord(dialog, { amount: SPENT[at].amount });
    dialogs.push(dialog);
  }
  const answers = tabs.map((tab) => tab.waitForResponse('**/api/save_record'));
  await Promise.all(dialogs.map((dialog) => dialog.getByRole('button', { name: 'Save', exact: true }).click()));
  expect((await Promise.all(answers)).some((answer) => answer.ok())).toBe(true);
  const records = await person.records();
  expect(records).toHaveLength(1);
  expect([725, 450]).toContain(records[0].amount.minor);
  await expect.poll(async () => (await person.sums()).expenses[0].minor).toBe(records[0].amount.minor);
});
