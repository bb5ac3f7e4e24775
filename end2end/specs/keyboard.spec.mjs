import AxeBuilder from '@axe-core/playwright';
import { newId, today } from '../fixtures/person.mjs';
import { rowOf } from '../fixtures/records.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

const palette = (page) => page.getByRole('dialog', { name: 'Search commands' });
const box = (page) => page.getByRole('combobox', { name: 'Search commands' });
const chosen = (page) => palette(page).getByRole('option', { selected: true });
const recordDialog = (page) => page.getByRole('dialog', { name: 'Add record' });

/** Opens the palette by its keys. */
async function openPalette(page) {
  await page.keyboard.press('Control+k');
  await expect(box(page)).toBeFocused();
}

test('n adds a record and Escape closes the form', async ({ page, person }) => {
  await open(page, '/dashboard');
  await page.keyboard.press('n');
  await expect(recordDialog(page).getByLabel('Amount', { exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(recordDialog(page)).toBeHidden();
  await expect.poll(() => person.records()).toEqual([]);
});

test('a key that is typed into a field does nothing else', async ({ page, person }) => {
  await open(page, '/dashboard');
  await page.keyboard.press('n');
  const payee = recordDialog(page).getByLabel('Payee', { exact: true });
  await payee.focus();
  await page.keyboard.type('ng d/?');
  await expect(payee).toHaveValue('ng d/?');
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden();
  await expect.poll(() => person.records()).toEqual([]);
});

test('keys with Ctrl, Alt or Cmd belong to the browser', async ({ page, person }) => {
  await open(page, '/dashboard');
  for (const key of ['Alt+n', 'Meta+n', 'Alt+/']) await page.keyboard.press(key);
  await expect(recordDialog(page)).toBeHidden();
  await expect.poll(() => person.records()).toEqual([]);
});

for (const [key, path] of [['d', 'dashboard'], ['r', 'records'], ['b', 'bills'], ['u', 'budgets'], ['p', 'reports'], ['c', 'categories'], ['a', 'accounts'], ['s', 'settings']]) {
  test(`g ${key} goes to /${path} without a reload`, async ({ page, person }) => {
    await open(page, path === 'records' ? '/dashboard' : '/records');
    await page.evaluate(() => { window.sameDocument = true; });
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`/${path}$`));
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    expect(await page.evaluate(() => window.sameDocument)).toBe(true);
    expect(person.cookies.size).toBeGreaterThan(0);
  });
}

test('/ leads to the search box, from another page too', async ({ page, person }) => {
  const search = page.getByRole('combobox', { name: 'Search records' });
  await open(page, '/records');
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('');
  await open(page, '/dashboard');
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/records$/);
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('');
  await expect.poll(() => person.records()).toEqual([]);
});

test('? tells all keys, and single keys can be switched off there for this device', async ({ page, person }) => {
  await open(page, '/dashboard');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const words of ['Add record', 'Search records', 'Budgets', 'Search commands', 'Close']) {
    await expect(dialog.getByRole('listitem').filter({ hasText: words })).toBeVisible();
  }
  const single = dialog.getByRole('checkbox', { name: 'Single-key shortcuts' });
  await expect(single).toBeChecked();
  await single.press('Space');
  await expect(single).not.toBeChecked();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  for (const load of [async () => {}, () => open(page, '/dashboard')]) {
    await load();
    for (const key of ['n', '?', 'g', 'r']) await page.keyboard.press(key);
    // What the keys would have done comes before what Ctrl does.
    await openPalette(page);
    await expect(recordDialog(page)).toBeHidden();
    await expect(page).toHaveURL(/\/dashboard$/);
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
  }

  await openPalette(page);
  await page.keyboard.type('keyboard');
  await page.keyboard.press('Enter');
  await single.press('Space');
  await expect(single).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('n');
  await expect(recordDialog(page)).toBeVisible();
  await expect.poll(() => person.records()).toEqual([]);
});

test('keys that are pressed before the page hears them are heard once it does', async ({ page, person }) => {
  for (const [keys, seen] of [
    [['Control+k'], () => expect(box(page)).toBeFocused()],
    [['g', 'b'], () => expect(page).toHaveURL(/\/bills$/)],
  ]) {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route(/\.wasm/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/dashboard', { waitUntil: 'domcontentloaded' });
    for (const key of keys) await page.keyboard.press(key);
    release();
    await seen();
    await page.unroute(/\.wasm/);
  }
  await expect.poll(() => person.records()).toEqual([]);
});

test('the palette opens again right behind Escape, however busy the page is', async ({ page, person }) => {
  await open(page, '/dashboard');
  await openPalette(page);
  await page.evaluate(() => setTimeout(() => { for (const end = performance.now() + 300; performance.now() < end;); }));
  await Promise.all([page.keyboard.press('Escape'), page.keyboard.press('Control+k')]);
  await expect(box(page)).toBeFocused();
  await expect.poll(() => person.records()).toEqual([]);
});

test('the palette offers what the page does', async ({ page, person }) => {
  const id = newId();
  await person.call('save_bill', { id, name: 'Rent', amount: '15000', due: today(), repeats: 'monthly', remind: '' });
  await open(page, `/bills/${id}`);
  for (const [typed, words] of [['paid', 'Mark paid'], ['edit', 'Edit'], ['envelopes', 'Envelopes']]) {
    await openPalette(page);
    await page.keyboard.type(typed);
    await expect(chosen(page)).toContainText(words);
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
  }
  await openPalette(page);
  await page.keyboard.type('skip');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Skipped Rent')).toBeVisible();
  await open(page, '/records');
  await openPalette(page);
  await page.keyboard.type('filter');
  await expect(chosen(page)).toHaveText('Filter records');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Filed under', { exact: true })).toBeVisible();
});

test('the arrows go from record to record and Enter opens one', async ({ page, person }) => {
  for (const payee of ['Third', 'Second', 'First']) await person.save({ payee });
  await open(page, '/records');
  await expect(rowOf(page, 'First')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(rowOf(page, 'First')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(rowOf(page, 'Third')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(rowOf(page, 'Third')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(rowOf(page, 'Second')).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Edit record' });
  await expect(dialog.getByLabel('Payee', { exact: true })).toHaveValue('Second');
  await page.keyboard.press('Escape');
  await expect(rowOf(page, 'Second')).toBeFocused();
});

test('the palette is a combobox: it opens, finds, moves and closes', async ({ page, person }) => {
  await open(page, '/dashboard');
  await openPalette(page);
  await expect(chosen(page)).toHaveText(/^Add record/);
  await page.keyboard.press('ArrowUp');
  await expect(chosen(page)).toHaveText(/^Log out/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(chosen(page)).toHaveText(/^Search records/);
  await expect(box(page)).toHaveAttribute('aria-activedescendant', await chosen(page).getAttribute('id'));
  await page.keyboard.type('bud add');
  await expect(chosen(page)).toHaveText('Add budget');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => one.id)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/budgets\/new$/);
  await expect(palette(page)).toBeHidden();
  await openPalette(page);
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeHidden();
  await expect.poll(() => person.records()).toEqual([]);
});

test('the palette searches the records for what is no command', async ({ page, person }) => {
  await person.save({ payee: 'Corner shop' });
  await person.save({ payee: 'Metro' });
  await open(page, '/dashboard');
  await openPalette(page);
  await page.keyboard.type('corner shop');
  await expect(chosen(page)).toHaveText('Search records for “corner shop”');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/records\?q=corner/);
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  await expect(rowOf(page, 'Metro')).toBeHidden();
});

test('the palette changes the theme for good, and logs out', async ({ page, person }) => {
  await open(page, '/dashboard');
  await openPalette(page);
  await page.keyboard.type('dark');
  await Promise.all([page.waitForResponse(/save_theme/), page.keyboard.press('Enter')]);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const frames = () => page.locator('meta[name=theme-color]').evaluateAll((all) => new Set(all.map((one) => one.content)).size);
  expect(await frames()).toBe(1);
  await open(page, '/dashboard');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await frames()).toBe(1);
  await openPalette(page);
  await page.keyboard.type('log out');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Log in' }).first()).toBeVisible();
  expect(person.cookies.size).toBeGreaterThan(0);
});

test('the palette opens by a button where there are no keys', async ({ page, person }, { project }) => {
  await open(page, '/dashboard');
  if (project.name === 'phone') await page.getByText('More', { exact: true }).click();
  await page.getByRole('button', { name: 'Search commands' }).click();
  await expect(box(page)).toBeFocused();
  await palette(page).getByRole('option', { name: 'Bills', exact: true }).click();
  await expect(page).toHaveURL(/\/bills$/);
  if (project.name === 'phone') await expect(page.getByRole('link', { name: 'Settings' })).toBeHidden();
  await expect.poll(() => person.records()).toEqual([]);
});

test('a record is added, found, changed and deleted by keys alone', async ({ page, person }) => {
  await open(page, '/records');
  await page.keyboard.press('n');
  await expect(recordDialog(page).getByLabel('Amount', { exact: true })).toBeFocused();
  await page.keyboard.type('12+8.50');
  await recordDialog(page).getByLabel('Payee', { exact: true }).focus();
  await page.keyboard.type('Corner shop');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  await expect(recordDialog(page)).toBeHidden();
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const edit = page.getByRole('dialog', { name: 'Edit record' });
  await edit.getByLabel('Payee', { exact: true }).fill('Corner café');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'Corner café')).toBeVisible();
  await expect(edit).toBeHidden();
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(rowOf(page, 'Corner café')).toBeFocused();
  const taken = rowOf(page, 'Corner café').getByRole('button', { name: 'Delete' });
  while (!(await taken.evaluate((button) => button === document.activeElement))) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'Corner café')).toBeHidden();
  await expect.poll(() => person.records()).toEqual([]);
});
