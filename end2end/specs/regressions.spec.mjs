import { PASSWORD, Person, newId } from '../fixtures/person.mjs';
import { openDialog } from '../fixtures/records.mjs';
import { expect, hydrated, open, test } from '../fixtures/test.mjs';

const PAGES = ['/dashboard', '/records', '/bills', '/budgets', '/categories', '/accounts', '/settings'];

/** What would run if a name were taken for markup. */
const MARKUP = '<img src=x onerror="window.hurt=1">';

test('nothing that a script can read holds the session', async ({ page, context, server }) => {
  const person = await Person.signUp(server.url);
  await open(page, '/login');
  await page.getByLabel('Email', { exact: true }).fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL('**/dashboard');
  await hydrated(page);
  const readable = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  const secrets = (await context.cookies()).filter((cookie) => cookie.httpOnly).map((cookie) => cookie.value);
  expect(secrets.length).toBeGreaterThan(0);
  for (const secret of secrets) expect(readable).not.toContain(secret);
  expect(readable, 'no signed token').not.toMatch(/eyJ[\w-]{8,}\./);
  expect(readable).not.toMatch(/token|session|jwt/i);
});

test('a quiet page asks for nothing more', async ({ page, person }) => {
  test.slow();
  await person.save({ amount: '90' });
  await person.limit('100');
  for (const path of PAGES) {
    await open(page, path);
    await page.waitForLoadState('networkidle');
    const asked = [];
    const note = (request) => asked.push(request.url());
    page.on('request', note);
    for (let round = 0; round < 2; round += 1) {
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(() => requestAnimationFrame(resolve)))));
    }
    page.off('request', note);
    expect(asked, path).toEqual([]);
  }
});

test('spending without any income shows numbers, and only numbers', async ({ page, person }) => {
  await person.save({ amount: '100' });
  await person.limit('250');
  for (const path of ['/dashboard', '/budgets', '/records', '/accounts']) {
    await open(page, path);
    await expect(page.locator('main [data-minor], main [role=progressbar]').first()).toBeVisible();
    expect(await page.locator('main').innerText(), path).not.toMatch(/NaN|Infinity|undefined/i);
    const minors = await page.locator('[data-minor]').evaluateAll((all) => all.map((one) => one.dataset.minor));
    expect(minors.filter((minor) => !/^-?\d+$/.test(minor)), path).toEqual([]);
  }
  await open(page, '/dashboard');
  await expect(page.getByTestId('figure-income')).toHaveAttribute('data-minor', '0');
  await expect(page.getByRole('progressbar').first()).toHaveAttribute('aria-valuenow', '40');
});

test('on a phone the page has the whole width and the bar at the side is gone', async ({ page, person }) => {
  await person.save();
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of PAGES) {
    await open(page, path);
    await expect(page.locator('.side-bar')).toBeHidden();
    await expect(page.locator('.bottom-bar')).toBeVisible();
    const { x, width } = await page.locator('main').boundingBox();
    expect([x, width], path).toEqual([0, await page.evaluate(() => document.documentElement.clientWidth)]);
  }
});

test('markup in names, notes, tags and payees is shown as text and runs nothing', async ({ page, person }) => {
  test.slow();
  const category = newId();
  await person.call('save_category', { id: category, name: `Snacks ${MARKUP}`, kind: 'expense', icon: '' });
  await person.save({ amount: '12', category, payee: `Shop ${MARKUP}`, note: `note ${MARKUP}`, tags: `tag ${MARKUP}` });
  await person.limit('10', { name: `Limit ${MARKUP}` });
  await person.call('save_bill', {
    id: newId(), name: `Bill ${MARKUP}`, amount: '5', due: new Date().toISOString().slice(0, 10), repeats: 'monthly', category, account: '', remind: '',
  });
  for (const path of [...PAGES, '/records/new', '/budgets/new', `/records?category=${category}`]) {
    await open(page, path);
    await page.waitForLoadState('networkidle');
    await expect(page.locator('img[src=x]'), path).toHaveCount(0);
  }

  await open(page, '/records');
  for (const what of ['Shop', 'note', 'tag', 'Snacks']) await expect(page.getByTestId('record').first()).toContainText(`${what} ${MARKUP}`);
  await open(page, '/categories');
  await expect(page.getByTestId('category').filter({ hasText: `Snacks ${MARKUP}` })).toBeVisible();

  const dialog = await openDialog(page);
  await dialog.getByLabel('Payee', { exact: true }).pressSequentially('Shop');
  await expect(dialog.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').first()).toContainText(`Shop ${MARKUP}`);

  // What a chart says about a slice when one points at it.
  await open(page, '/dashboard');
  const chart = page.getByTestId('chart-by-category');
  await chart.scrollIntoViewIfNeeded();
  await expect(chart.locator('svg path, canvas').first()).toBeAttached();
  const { x, y, width, height } = await chart.boundingBox();
  for (let step = 1; step < 20; step += 1) await page.mouse.move(x + (width * step) / 20, y + height / 2);
  await expect(page.locator('img[src=x]')).toHaveCount(0);
  expect(await page.evaluate(() => window.hurt)).toBeUndefined();
});
