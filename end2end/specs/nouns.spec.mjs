import { dayAfter } from '../fixtures/person.mjs';
import { save } from '../fixtures/records.mjs';
import { expect, found, open, plainPage, test } from '../fixtures/test.mjs';

const category = (page, name) => page.getByTestId('category').filter({ has: page.getByText(name, { exact: true }) });
const account = (page, name) => page.getByTestId('account').filter({ has: page.getByText(name, { exact: true }) });

async function addCategory(page, name) {
  await page.getByRole('button', { name: 'Add category' }).click();
  await page.waitForURL(/\/categories\/new\??$/);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await save(page);
}

test('a category is added, and the same name is refused beside the field', async ({ page, person }) => {
  await open(page, '/categories');
  await addCategory(page, 'Food');
  await expect(category(page, 'Food')).toBeVisible();
  await addCategory(page, ' food ');
  await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  const names = (await person.book()).categories.map((one) => one.name.toLowerCase());
  expect(names.filter((name) => name === 'food')).toHaveLength(1);
});

test('the same name is refused without JavaScript too', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/categories');
  await addCategory(page, ' gROCERIES ');
  await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect.poll(async () => (await person.book()).categories.filter((one) => /groceries/i.test(one.name))).toHaveLength(1);
});

test('a category is renamed and its records follow', async ({ page, person }) => {
  const groceries = (await person.book()).categories.find((one) => one.name === 'Groceries');
  await person.save({ category: groceries.id, payee: 'Corner shop' });
  await open(page, '/categories');
  await category(page, 'Groceries').getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Food at home');
  await save(page);
  await expect(category(page, 'Food at home')).toBeVisible();
  await open(page, '/records');
  await expect(page.getByRole('row').filter({ hasText: 'Corner shop' })).toContainText('Food at home');
});

test('an account is added and its balance follows its records', async ({ page, person }) => {
  await open(page, '/accounts');
  await page.getByRole('button', { name: 'Add account' }).click();
  await page.waitForURL(/\/accounts\/new\??$/);
  await page.getByLabel('Name', { exact: true }).fill('Savings');
  await page.getByLabel('Opening balance', { exact: true }).fill('500');
  await save(page);
  const balance = account(page, 'Savings').getByTestId('account-balance');
  await expect(balance).toHaveAttribute('data-minor', '50000');
  const named = (name) => found(async () => (await person.book()).accounts.find((one) => one.name === name));
  const savings = (await named('Savings')).id;
  const cash = (await named('Cash')).id;
  await person.save({ account: savings, amount: '20.50' });
  await person.save({ kind: 'transfer', account: savings, to_account: cash, amount: '100' });
  await open(page, '/accounts');
  await expect(balance).toHaveAttribute('data-minor', '37950');
  await expect(account(page, 'Cash').getByTestId('account-balance')).toHaveAttribute('data-minor', '10000');
  await expect(page.getByTestId('figure-net-worth')).toHaveAttribute('data-minor', '47950');
});

test('an edit of an account that began before another is refused and keeps what was typed', async ({ page, person }) => {
  const cash = (await person.book()).accounts.find((one) => one.name === 'Cash');
  await open(page, `/accounts/${cash.id}/edit`);
  await person.call('save_account', { id: cash.id, revision: String(cash.revision), name: 'Purse', kind: 'cash', opening: '50' });
  await page.getByLabel('Opening balance', { exact: true }).fill('70');
  await save(page);
  await expect(page.getByRole('alert').filter({ hasText: 'changed elsewhere' })).toBeVisible();
  await expect(page.getByLabel('Opening balance', { exact: true })).toHaveValue('70');
  const now = (await person.book()).accounts.find((one) => one.id === cash.id);
  expect([now.name, now.opening.minor]).toEqual(['Purse', 5000]);
});

test('archiving keeps what was changed elsewhere, and brings back', async ({ page, person }) => {
  const fuel = (await person.book()).categories.find((one) => one.name === 'Fuel');
  await open(page, '/categories');
  await person.call('save_category', { id: fuel.id, revision: String(fuel.revision), name: 'Petrol' });
  await category(page, 'Fuel').getByRole('button', { name: 'Archive' }).click();
  await page.getByText(/^Archived \(1\)$/).click();
  await expect(category(page, 'Petrol')).toBeVisible();
  await category(page, 'Petrol').getByRole('button', { name: 'Unarchive' }).click();
  await expect(page.getByText(/^Archived/)).toHaveCount(0);
  await expect(category(page, 'Petrol')).toBeVisible();
  await expect.poll(async () => (await person.book()).categories.find((one) => one.id === fuel.id)).toMatchObject({ name: 'Petrol', archived: false });
});

test('a category stands below another, in its colour, and is found with it', async ({ page, person }) => {
  const groceries = (await person.book()).categories.find((one) => one.name === 'Groceries');
  await person.save({ category: groceries.id, payee: 'Market', amount: '10' });
  await open(page, '/categories/new');
  await page.getByLabel('Name', { exact: true }).fill('Vegetables');
  await page.getByLabel('Stands below', { exact: true }).selectOption({ label: 'Groceries' });
  await page.getByRole('radio', { name: 'Cup', exact: true }).check();
  await page.getByRole('radio', { name: 'Amber', exact: true }).check();
  await save(page);
  await expect(category(page, 'Vegetables')).toHaveClass(/indent-1/);
  const made = await found(async () => (await person.book()).categories.find((one) => one.name === 'Vegetables'));
  expect(made).toMatchObject({ parent: groceries.id, icon: 'coffee', colour: 8 });
  await person.save({ category: made.id, payee: 'Green grocer', amount: '5' });

  await open(page, '/records/new');
  await page.getByLabel('Category', { exact: true }).selectOption({ label: 'Groceries › Vegetables' });
  await open(page, '/records');
  await page.getByText('Filters', { exact: true }).click();
  await page.getByLabel('Filed under').selectOption({ label: 'Groceries and all below it' });
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByTestId('sum-expenses')).toHaveAttribute('data-minor', '1500');
  await expect(page.getByTestId('record')).toHaveCount(2);
  await open(page, '/categories');
  await category(page, 'Groceries').getByRole('link', { name: 'with all below' }).click();
  await expect(page.getByTestId('sum-count')).toHaveAttribute('data-count', '2');
});

test('no category stands below itself', async ({ page, person }) => {
  const groceries = (await person.book()).categories.find((one) => one.name === 'Groceries');
  await person.call('save_category', { id: '', revision: '', name: 'Vegetables', kind: 'expense', parent: groceries.id });
  await open(page, `/categories/${groceries.id}/edit`);
  const offered = await page.getByLabel('Stands below', { exact: true }).locator('option').allTextContents();
  expect(offered.filter((one) => /Groceries|Vegetables/.test(one))).toEqual([]);
  const made = (await person.book()).categories.find((one) => one.name === 'Vegetables');
  const answer = await person.post('save_category', { id: groceries.id, revision: String(groceries.revision), name: 'Groceries', parent: made.id });
  expect(answer.status).toBe(422);
});

const names = (page) => page.getByTestId('order-row').locator('.order-name').allTextContents();

test('categories are put in order from the keyboard', async ({ page, person }) => {
  await open(page, '/categories');
  await page.getByRole('link', { name: 'Change order' }).click();
  const before = await names(page);
  const second = page.getByTestId('order-row').nth(1);
  await second.getByRole('button', { name: 'Move up' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('order-row').first().locator('.order-name')).toHaveText(before[1]);
  expect((await names(page)).slice(0, 3)).toEqual([before[1], before[0], before[2]]);
  // At the end of its way the focus stays in the row.
  await expect(page.getByTestId('order-row').first().getByRole('button', { name: 'Move down' })).toBeFocused();
  await page.getByRole('link', { name: 'Done' }).click();
  await expect(page.getByTestId('category').first()).toContainText(before[1]);
  await expect.poll(() => person.book()).toBeTruthy();
});

test('categories and accounts are put in order by dragging', async ({ page, person }, { project }) => {
  test.skip(project.name === 'phone', 'fingers push the page: they have the buttons');
  for (const path of ['/categories?order=on', '/accounts?order=on']) {
    await open(page, path);
    const rows = page.getByTestId('order-row');
    const [first, second, ...others] = await names(page);
    const moved = page.waitForResponse(/\/api\/move_(category|account)$/);
    await rows.first().dragTo(rows.nth(1));
    await expect.poll(() => names(page)).toEqual([second, first, ...others]);
    await (await moved).finished();
    await open(page, path);
    expect(await names(page)).toEqual([second, first, ...others]);
  }
});

test('accounts are put in order without JavaScript', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/accounts?order=on');
  expect(await names(page)).toEqual(['Cash', 'Bank']);
  await page.getByTestId('order-row').first().getByRole('button', { name: 'Move down' }).click();
  expect(await names(page)).toEqual(['Bank', 'Cash']);
  await page.goto('/accounts');
  await expect(page.getByTestId('account').first()).toContainText('Bank');
});

test('an account tells what it held and what came last', async ({ page, person }) => {
  const cash = (await person.book()).accounts.find((one) => one.name === 'Cash');
  await person.call('save_account', { id: cash.id, revision: String(cash.revision), name: 'Cash', kind: 'cash', opening: '500' });
  await person.save({ account: cash.id, amount: '20', payee: 'Corner shop', date: dayAfter(-40) });
  await person.save({ account: cash.id, amount: '30', payee: 'Market' });
  await person.save({ account: cash.id, amount: '5', payee: 'To come', date: dayAfter(2) });
  await open(page, `/accounts/${cash.id}`);
  await expect(page.getByTestId('figure-account-balance')).toHaveAttribute('data-minor', '44500');
  await expect(page.getByTestId('account-record')).toHaveCount(3);
  await page.getByText('Show as table').click();
  const cells = page.getByTestId('table-balance').locator('td[data-minor]');
  await expect(cells).toHaveCount(12);
  await expect(cells.last()).toHaveAttribute('data-minor', '45000');
  await expect(cells.first()).toHaveAttribute('data-minor', '50000');
  await page.getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByRole('button', { name: 'Unarchive' })).toBeVisible();
});

test('a category is merged into another and one Undo brings it back', async ({ page, person }) => {
  const { categories } = await person.book();
  const [fuel, transport] = ['Fuel', 'Transport'].map((name) => categories.find((one) => one.name === name).id);
  await person.save({ category: fuel, payee: 'Pump', amount: '10' });
  await person.save({ category: transport, payee: 'Bus', amount: '5' });
  await open(page, '/categories');
  await category(page, 'Fuel').getByRole('button', { name: 'Merge' }).click();
  await expect(page.getByTestId('merge-count')).toHaveAttribute('data-count', '1');
  await page.getByLabel('Merge into', { exact: true }).selectOption({ label: 'Transport' });
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(category(page, 'Fuel')).toHaveCount(0);
  await expect(category(page, 'Transport').locator('[data-minor="1500"]')).toBeVisible();
  await expect.poll(async () => (await person.sums({ category: { Is: transport } })).count).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(category(page, 'Fuel').locator('[data-minor="1000"]')).toBeVisible();
  await expect.poll(async () => (await person.sums({ category: { Is: fuel } })).count).toBe(1);
});

test('a category is merged and brought back without JavaScript', async ({ browser, server, person }) => {
  const fuel = (await person.book()).categories.find((one) => one.name === 'Fuel').id;
  await person.save({ category: fuel, payee: 'Pump' });
  const page = await plainPage(browser, server, person);
  await page.goto(`/categories/${fuel}/merge`);
  await page.getByLabel('Merge into', { exact: true }).selectOption({ label: 'Transport' });
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(category(page, 'Fuel')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(category(page, 'Fuel')).toBeVisible();
});
