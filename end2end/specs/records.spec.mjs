import { dayAfter } from '../fixtures/person.mjs';
import { answered, fillRecord, openDialog, rowOf, save, sumOfRows, sumsShown } from '../fixtures/records.mjs';
import { expect, hold, hydrated, open, plainPage, test } from '../fixtures/test.mjs';

const isWide = (page) => page.viewportSize().width >= 1100;

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
    await answered(page);
    await expect.poll(async () => (await person.records()).map((saved) => saved.amount.minor)).toEqual([record.minor]);
  });

  test(`${kind} is added by the plain form without JavaScript`, async ({ browser, server, person }) => {
    const page = await plainPage(browser, server, person);
    await page.goto('/records/new');
    await fillRecord(page, record);
    await save(page);
    await expect(page).toHaveURL(/\/records$/);
    await expect(rowOf(page, record.payee).locator(`[data-minor="${record.minor}"]`)).toBeVisible();
    await expect.poll(() => person.records()).toHaveLength(1);
  });
}

test('exactly one button adds a record', async ({ page, person }) => {
  await open(page, '/records');
  await expect(page.getByRole('button', { name: 'Add record', exact: true })).toHaveCount(1);
  await expect.poll(() => person.records()).toEqual([]);
});

test('an amount that is typed as a sum says what it comes to', async ({ page, person }) => {
  const dialog = await openDialog(page);
  await fillRecord(dialog, { amount: '12+8.50' });
  await expect(dialog.getByTestId('record-sum')).toHaveText('= ₹20.50');
  await fillRecord(dialog, { amount: '20.50' });
  await expect(dialog.getByTestId('record-sum')).toBeHidden();
  await expect.poll(() => person.records()).toEqual([]);
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
  await expect.poll(() => person.records()).toEqual([]);
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
  await expect.poll(() => person.records()).toEqual([]);
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
  await answered(page);
  await expect.poll(() => person.records()).toHaveLength(1);
});

test('a deleted record comes back by Undo', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Delete' }).click();
  await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
  await expect.poll(() => person.records()).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  await answered(page);
  await expect.poll(() => person.records()).toHaveLength(1);
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
  await answered(page);
  await expect.poll(() => person.records()).toHaveLength(1);
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
    await expect.poll(() => person.records()).toEqual([]);
    await expect(page.getByRole('button', { name: 'Add record', exact: true })).toBeFocused();
  });
}

test('the backdrop closes the dialog only while nothing is typed', async ({ page, person }) => {
  test.skip(page.viewportSize().width >= 1100, 'beside the list it has no backdrop');
  const dialog = await openDialog(page);
  await dialog.dispatchEvent('mousedown');
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Add record', exact: true }).click();
  await fillRecord(dialog, { payee: 'Corner shop' });
  await dialog.dispatchEvent('mousedown');
  await expect(dialog.getByLabel('Payee', { exact: true })).toHaveValue('Corner shop');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect.poll(() => person.records()).toEqual([]);
});

test('the dialog on the page of the form shares no id with it', async ({ page, person }) => {
  await person.save();
  await open(page, '/records/new');
  const add = page.getByRole('button', { name: 'Add record', exact: true });
  test.skip((await add.count()) === 0, 'the button of every page is in the bar of narrow ones');
  await add.click();
  await expect(page.getByRole('dialog').getByLabel('Amount', { exact: true })).toBeVisible();
  const ids = await page.locator('[id]').evaluateAll((all) => all.map((one) => one.id));
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

for (const [way, begin] of [
  ['in the dialog', async (page) => {
    await open(page, '/records');
    await rowOf(page, 'Corner shop').getByRole('button', { name: 'Edit' }).click();
    return page.getByRole('dialog', { name: 'Edit record' });
  }],
  ['without JavaScript', async (page) => {
    await page.goto('/records');
    await rowOf(page, 'Corner shop').getByRole('button', { name: 'Edit' }).click();
    return page;
  }],
]) {
  test(`editing a record of an archived account and category moves it nowhere, ${way}`, async ({ page, browser, server, person }) => {
    const { accounts, categories } = await person.book();
    const bank = accounts.find((one) => one.name === 'Bank').id;
    const fuel = categories.find((one) => one.name === 'Fuel').id;
    await person.save({ payee: 'Corner shop', account: bank, category: fuel });
    await person.call('archive_account', { id: bank, archived: 'on' });
    await person.call('archive_category', { id: fuel, archived: 'on' });
    const form = await begin(way === 'in the dialog' ? page : await plainPage(browser, server, person));
    await expect(form.getByLabel('Account', { exact: true }).locator('option:checked')).toHaveText('Bank (archived)');
    await expect(form.getByLabel('Category', { exact: true }).locator('option:checked')).toHaveText('Fuel (archived)');
    await fillRecord(form, { amount: '11.75' });
    await save(form);
    await expect.poll(async () => (await person.records()).map((one) => [one.amount.minor, one.account, one.flow.Expense.category]))
      .toEqual([[1175, bank, fuel]]);
  });
}

test('a payee brings its archived account and category along', async ({ page, person }) => {
  const { accounts, categories } = await person.book();
  const bank = accounts.find((one) => one.name === 'Bank').id;
  const fuel = categories.find((one) => one.name === 'Fuel').id;
  await person.save({ payee: 'Fuel station', account: bank, category: fuel });
  await person.call('archive_account', { id: bank, archived: 'on' });
  await person.call('archive_category', { id: fuel, archived: 'on' });
  const dialog = await openDialog(page);
  await fillRecord(dialog, { amount: '5', payee: 'Fuel' });
  await dialog.getByRole('option', { name: /Fuel station/ }).click();
  await expect(dialog.getByLabel('Account', { exact: true }).locator('option:checked')).toHaveText('Bank (archived)');
  await expect(dialog.getByLabel('Category', { exact: true }).locator('option:checked')).toHaveText('Fuel (archived)');
});

test('a category that does not fit the kind waits until the kind is back', async ({ page, person }) => {
  const dialog = await openDialog(page);
  const chosen = dialog.getByLabel('Category', { exact: true }).locator('option:checked');
  await fillRecord(dialog, { amount: '5', category: 'Groceries' });
  await fillRecord(dialog, { kind: 'Income' });
  await expect(chosen).toHaveText('No category');
  await fillRecord(dialog, { kind: 'Expense' });
  await expect(chosen).toHaveText('Groceries');
  await expect.poll(() => person.records()).toEqual([]);
});

test('what was chosen before the page came alive stays', async ({ page, person }) => {
  const { accounts, categories } = await person.book();
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(/\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/records/new', { waitUntil: 'commit' });
  await fillRecord(page, { kind: 'Income', amount: '5', category: 'Salary', account: 'Bank', payee: 'The office' });
  release();
  await hydrated(page);
  await expect(page.getByLabel('Category', { exact: true }).getByRole('option', { name: 'Groceries' })).toHaveCount(0);
  await expect(page.getByRole('radio', { name: 'Income', exact: true })).toBeChecked();
  await expect(page.getByLabel('Category', { exact: true }).locator('option:checked')).toHaveText('Salary');
  await save(page);
  await expect(rowOf(page, 'The office')).toBeVisible();
  const salary = categories.find((one) => one.name === 'Salary').id;
  const bank = accounts.find((one) => one.name === 'Bank').id;
  await expect.poll(async () => (await person.records()).map((one) => [one.flow, one.account])).toEqual([[{ Income: { category: salary } }, bank]]);
});

test('two records of one day are deleted one right after the other', async ({ page, person }) => {
  for (const payee of ['Older', 'Newer', 'Newest']) await person.save({ payee });
  await open(page, '/records');
  const release = await hold(page, 'delete_record');
  for (const payee of ['Newest', 'Newer']) await rowOf(page, payee).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByTestId('record')).toHaveCount(1);
  release();
  await expect.poll(async () => (await person.records()).map((record) => record.payee)).toEqual(['Older']);
  await expect(page.getByTestId('record')).toHaveCount(1);
});

test('the total of a day follows edits, deletions and undo under a search', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop', amount: '10' });
  await person.save({ payee: 'Corner bar', amount: '20' });
  await person.save({ payee: 'Market', amount: '400' });
  await open(page, '/records?q=corner');
  const total = page.locator('.day-total');
  await expect(total).toContainText('30.00');
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit record' });
  await fillRecord(dialog, { amount: '11.75' });
  await save(dialog);
  await expect(total).toContainText('31.75');
  await rowOf(page, 'Corner bar').getByRole('button', { name: 'Delete' }).click();
  await expect(total).toContainText('11.75');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(total).toContainText('31.75');
});

test('the total of a day long ago counts all of it after an edit', async ({ page, person }) => {
  const { categories } = await person.book();
  const category = (name) => categories.find((one) => one.name === name).id;
  await person.save({ payee: 'Corner shop', amount: '10', date: '2020-02-29', category: category('Groceries') });
  await person.save({ payee: 'Fuel station', amount: '20', date: '2020-02-29', category: category('Fuel') });
  await open(page, '/records');
  await expect(page.locator('.day-total')).toContainText('30.00');
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit record' });
  await fillRecord(dialog, { amount: '11' });
  await save(dialog);
  await expect(page.locator('.day-total')).toContainText('31.00');
});

test('undo tells of the limit that it goes over', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop', amount: '150' });
  await open(page, '/records');
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Delete' }).click();
  await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
  await person.limit('100');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  await expect(page.locator('.toasts').getByText(/is over its limit/)).toBeVisible();
});

test('the notice of a deletion goes with its undo', async ({ page, person }) => {
  const { records } = await person.save({ payee: 'Corner shop' });
  await person.save({ payee: 'Corner bar' });
  await person.call('delete_record', { id: records[0].id });
  await open(page, `/records?q=corner&deleted=${records[0].id}`);
  const notice = page.getByText('Record deleted.');
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  await expect(notice).toBeHidden();
  await expect(page).toHaveURL(/\/records\?q=corner$/);
  await expect.poll(() => person.records()).toHaveLength(2);
});

test('without JavaScript the way leads back to the filter', async ({ browser, server, person }) => {
  await person.save({ payee: 'Corner shop' });
  await person.save({ payee: 'Market' });
  const page = await plainPage(browser, server, person);
  const list = /\/records\?q=corner$/;
  await page.goto('/records?q=corner');
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Edit' }).click();
  await fillRecord(page, { amount: '11.75' });
  await save(page);
  await expect(page).toHaveURL(list);
  await expect(rowOf(page, 'Corner shop').locator('[data-minor="1175"]')).toBeVisible();
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/\/records\?q=corner&deleted=/);
  await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page).toHaveURL(list);
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
});

test('no other site is gone on to from the form', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/records/new?next=//evil.example/x');
  await fillRecord(page, { amount: '5', payee: 'Corner shop' });
  await save(page);
  await expect(page).toHaveURL(`${server.url}/records`);
});

test('an older page leads to the newest records', async ({ page, person }) => {
  await person.save({ payee: 'Newest' });
  await person.save({ payee: 'Older', date: dayAfter(-9) });
  await open(page, `/records?after=${dayAfter(-5)}_00000000-0000-0000-0000-000000000000`);
  await expect(rowOf(page, 'Newest')).toHaveCount(0);
  await page.getByRole('link', { name: 'Newest records' }).click();
  await expect(rowOf(page, 'Newest')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Newest records' })).toHaveCount(0);
});

test('typing asks once when it pauses', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await person.save({ payee: 'Fuel station' });
  await open(page, '/records');
  const asked = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/list_records')) asked.push(request.postDataJSON().filter.search);
  });
  await page.getByLabel('Search records').evaluate((input) => {
    for (const text of ['c', 'co', 'cor', 'corn']) {
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  await expect(rowOf(page, 'Fuel station')).toHaveCount(0);
  expect(asked).toEqual(['corn']);
});

test('suggestions that come late do not take the place of newer ones', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await person.save({ payee: 'Fuel station' });
  await open(page, '/records');
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route('**/api/suggest_search', async (route) => {
    if (route.request().postDataJSON().typed === 'corner') await held;
    await route.continue();
  });
  const search = page.getByLabel('Search records');
  const first = page.waitForRequest('**/api/suggest_search');
  await search.fill('corner');
  const late = await first;
  await search.fill('fuel');
  await expect(page.getByRole('option', { name: /Fuel station/ })).toBeVisible();
  release();
  await (await late.response()).finished();
  // What comes after is drawn after: the list has taken the late answer in, or left it.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await expect(page.getByRole('option', { name: /Fuel station/ })).toBeVisible();
  await expect(page.getByRole('option', { name: /Corner shop/ })).toHaveCount(0);
});

test('a call that could not be made is made again from its toast', async ({ browser, server, person }) => {
  await person.save({ payee: 'Corner shop' });
  // A context of its own: that the call fails is what is wanted here.
  const context = await browser.newContext({ baseURL: server.url });
  await context.addCookies(person.browserCookies());
  const page = await context.newPage();
  await open(page, '/records');
  await page.route('**/api/delete_record', (route) => route.abort(), { times: 1 });
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(rowOf(page, 'Corner shop')).toHaveCount(0);
  await page.route('**/api/restore_record', (route) => route.abort(), { times: 1 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  await context.close();
});

test('the filter offers categories by kind and name', async ({ page, person }) => {
  await person.call('archive_category', { id: (await person.book()).categories.find((one) => one.name === 'Fuel').id, archived: 'on' });
  await open(page, '/records?kind=expense');
  const groups = await page.getByLabel('Filed under', { exact: true }).locator('optgroup').evaluateAll((all) =>
    all.map((group) => [group.label, [...group.children].map((option) => option.label)]));
  expect(groups.map(([label]) => label)).toEqual(['Expenses', 'Income']);
  for (const [, names] of groups) expect(names).toEqual([...names].sort((one, two) => one.localeCompare(two, 'en')));
  expect(groups[0][1]).toContain('Fuel (archived)');
});

test('a filter leaves the list in sight, says what it is, and is cleared', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await person.save({ payee: 'Wages', kind: 'income' });
  await open(page, '/records?kind=expense');
  await expect(rowOf(page, 'Corner shop')).toBeInViewport();
  await expect(rowOf(page, 'Wages')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Sum of the records shown' })).toContainText('Expense');
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(rowOf(page, 'Wages')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Clear filters' })).toHaveCount(0);
});

test('the list stays where it is when a button of a row gets the focus', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  await rowOf(page, 'Corner shop').getByRole('button', { name: 'Delete' }).focus();
  const slid = await rowOf(page, 'Corner shop').evaluate((row) => row.closest('.table-frame').scrollLeft);
  expect(slid).toBe(0);
});

test('a press on a row opens its record, unless words are marked', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  const name = rowOf(page, 'Corner shop').locator('.record-payee-name');
  const { x, y } = await name.boundingBox();
  await page.mouse.move(x + 2, y + 5);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + 5);
  await page.mouse.up();
  const dialog = page.getByRole('dialog', { name: 'Edit record' });
  await expect(dialog).toBeHidden();
  await name.click({ modifiers: ['Shift'] });
  await expect(dialog).toBeHidden();
  await name.click();
  await expect(dialog.getByLabel('Payee', { exact: true })).toHaveValue('Corner shop');
});

test('while rows are selected a press on a row selects it', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await rowOf(page, 'Corner shop').locator('.record-payee-name').click();
  await expect(rowOf(page, 'Corner shop').getByRole('checkbox')).toBeChecked();
  await expect(page.getByRole('dialog', { name: 'Edit record' })).toBeHidden();
});

test('what was typed into a form that is closed comes back', async ({ page, person }) => {
  const dialog = await openDialog(page);
  await fillRecord(dialog, { kind: 'Income', amount: '12', category: 'Salary', payee: 'The office', note: 'half' });
  const goBack = page.getByRole('button', { name: 'Go back to it' });
  // What has come back is no less unsaved.
  for (const time of ['once', 'twice']) {
    await page.keyboard.press('Escape');
    await expect(dialog, time).toBeHidden();
    await goBack.click();
    await expect(dialog.getByLabel('Amount', { exact: true }), time).toHaveValue('12');
    await expect(goBack, time).toHaveCount(0);
  }
  await expect(dialog.getByLabel('Category', { exact: true }).locator('option:checked')).toHaveText('Salary');
  await expect(dialog.getByLabel('Note', { exact: true })).toHaveValue('half');
  await save(dialog);
  await expect.poll(async () => (await person.records()).map((one) => one.payee)).toEqual(['The office']);
  await expect(page.getByText('What you typed is not saved')).toHaveCount(0);
});

test('what comes back takes the place of another form, which is offered in turn', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await open(page, '/records');
  test.skip(!isWide(page), 'a form stands before the whole page on small screens');
  const dialog = page.getByRole('dialog', { name: 'Add record' });
  const add = page.getByRole('button', { name: 'Add record', exact: true });
  const payee = dialog.getByLabel('Payee', { exact: true });
  const goBack = page.getByRole('button', { name: 'Go back to it' });
  await add.click();
  await fillRecord(dialog, { payee: 'The first' });
  await page.keyboard.press('Escape');
  await add.click();
  await fillRecord(dialog, { payee: 'The second' });
  for (const other of ['The first', 'The second', 'The first']) {
    await goBack.click();
    await expect(payee).toHaveValue(other);
    await expect(goBack).toHaveCount(1);
  }
});

test('a form that nothing was typed into is closed without a word', async ({ page, person }) => {
  const dialog = await openDialog(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').getByText(/not saved/)).toHaveCount(0);
  await expect.poll(() => person.records()).toEqual([]);
});

test('to correct the payee of a record without a category leaves it so', async ({ page, person }) => {
  const fuel = (await person.book()).categories.find((one) => one.name === 'Fuel').id;
  await person.save({ payee: 'Station', category: fuel });
  await person.save({ payee: 'Statoin' });
  await open(page, '/records');
  await rowOf(page, 'Statoin').getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit record' });
  await fillRecord(dialog, { payee: 'Station' });
  await expect(dialog.getByRole('option', { name: /Station/ })).toBeVisible();
  await expect(dialog.getByLabel('Category', { exact: true }).locator('option:checked')).toHaveText('No category');
});

test('the name of a known payee brings its category, which leaves again with it', async ({ page, person }) => {
  const fuel = (await person.book()).categories.find((one) => one.name === 'Fuel').id;
  await person.save({ payee: 'Station', category: fuel });
  const dialog = await openDialog(page);
  const chosen = dialog.getByLabel('Category', { exact: true }).locator('option:checked');
  await fillRecord(dialog, { amount: '5', payee: 'station' });
  await expect(chosen).toHaveText('Fuel');
  await fillRecord(dialog, { payee: 'Station kiosk' });
  await expect(chosen).toHaveText('No category');
  await fillRecord(dialog, { category: 'Groceries', payee: 'Station' });
  await expect(dialog.getByRole('option', { name: /Station/ })).toBeVisible();
  await expect(chosen).toHaveText('Groceries');
});
