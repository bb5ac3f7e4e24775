import { dayAfter, today } from '../fixtures/person.mjs';
import { save, sumsShown } from '../fixtures/records.mjs';
import { expect, lookAgain, open, plainPage, test } from '../fixtures/test.mjs';

async function fillBudget(page, name, amount) {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Amount', { exact: true }).fill(amount);
}

test('a budget for a tag counts what bears it and leads there', async ({ page, person }) => {
  await person.save({ amount: '30', tags: 'Goa, beach' });
  await person.save({ amount: '99', tags: 'work' });
  await person.save({ amount: '7' });
  await open(page, '/budgets/new');
  await expect(page.getByLabel('Tag', { exact: true })).toBeHidden();
  await fillBudget(page, 'Trip', '100');
  await page.getByRole('radio', { name: 'A tag' }).check();
  await expect(page.getByRole('group', { name: 'Categories' })).toBeHidden();
  const tag = page.getByLabel('Tag', { exact: true });
  await tag.pressSequentially('go');
  await page.getByRole('option', { name: 'Goa' }).click();
  await expect(tag).toHaveValue('Goa');
  await save(page);
  await page.waitForURL('**/budgets');
  const bar = page.getByRole('progressbar', { name: 'Trip' });
  await expect(bar).toHaveAttribute('aria-valuenow', '30');
  await expect(page.getByTestId('budget').getByText('all tagged #Goa')).toBeVisible();
  await page.getByTestId('budget').getByRole('link', { name: 'Show the records' }).click();
  await page.waitForURL(/\/records\?.*tag=Goa/);
  await expect(page.getByTestId('sum-count')).toBeVisible();
  expect(await sumsShown(page)).toMatchObject({ count: 1, expenses: 3000 });
});

test('a tag is chosen without JavaScript, and kept by an edit', async ({ browser, server, person }) => {
  await person.save({ amount: '30', tags: 'Goa' });
  const page = await plainPage(browser, server, person);
  await page.goto('/budgets/new');
  await fillBudget(page, 'Trip', '100');
  await page.getByLabel('Tag', { exact: true }).fill('#goa');
  await save(page);
  await expect(page).toHaveURL(/\/budgets$/);
  await expect(page.getByRole('progressbar', { name: 'Trip' })).toHaveAttribute('aria-valuenow', '30');
  await page.getByRole('button', { name: 'Edit' }).click();
  await expect(page.getByRole('radio', { name: 'A tag' })).toBeChecked();
  await page.getByLabel('Amount', { exact: true }).fill('50');
  await save(page);
  await expect(page).toHaveURL(/\/budgets$/);
  await expect(page.getByRole('progressbar', { name: 'Trip' })).toHaveAttribute('aria-valuenow', '60');
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('radio', { name: 'Everything' }).check();
  await save(page);
  await expect(page).toHaveURL(/\/budgets$/);
  await expect.poll(async () => (await person.book()).budgets[0]?.tag).toBeNull();
});

test('ticking a category chooses it, and everything takes the ticks away', async ({ page, person }) => {
  await open(page, '/budgets/new');
  await fillBudget(page, 'Some', '100');
  const groceries = page.getByRole('checkbox', { name: 'Groceries' });
  await expect(page.getByRole('group', { name: 'Categories' })).toHaveAccessibleDescription(/^Ticks count only with “Only what is ticked”/);
  await groceries.check();
  await expect(page.getByRole('radio', { name: 'Only what is ticked' })).toBeChecked();
  await page.getByRole('radio', { name: 'Everything' }).check();
  await expect(groceries).not.toBeChecked();
  await page.getByRole('radio', { name: 'Only what is ticked' }).check();
  await save(page);
  await expect(page.getByText('Tick at least one, or choose everything')).toBeVisible();
  await groceries.check();
  await save(page);
  await page.waitForURL('**/budgets');
  await expect.poll(async () => (await person.book()).budgets[0]?.categories.length).toBe(1);
});

test('a tag put on many records moves the budget and warns', async ({ page, person }) => {
  await person.save({ amount: '60', payee: 'Hut' });
  await person.save({ amount: '60', payee: 'Boat' });
  await person.limit('100', { name: 'Trip', counts: 'tag', tag: 'goa', period: 'once', first: dayAfter(-3), last: dayAfter(3) });
  await open(page, '/dashboard');
  const bar = page.getByRole('progressbar', { name: 'Trip' });
  await expect(bar).toHaveAttribute('aria-valuenow', '0');
  const ids = (await person.records()).map((record) => record.id);
  await person.ask('edit_records', { ids, edit: { AddTags: ['Goa'] } });
  await lookAgain(page);
  await expect(bar).toHaveAttribute('aria-valuenow', '120');
  await expect(page.getByTestId('budget-alert')).toContainText('Trip is over its limit');
  await person.limit('1000', { name: 'Beach', counts: 'tag', tag: 'beach' });
  await person.save({ amount: '50', tags: 'beach', date: today() });
  await lookAgain(page);
  await expect(page.getByRole('progressbar', { name: 'Beach' })).toHaveAttribute('aria-valuenow', '5');
});
