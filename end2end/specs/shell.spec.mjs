import { settled, tooWide, violations } from '../fixtures/looks.mjs';
import { dayAfter, newId } from '../fixtures/person.mjs';
import { openDialog } from '../fixtures/records.mjs';
import { expect, hold, open, test } from '../fixtures/test.mjs';

const OPEN = ['/', '/login', '/signup', '/forgot', '/reset?token=none', '/terms'];
const OWN = [
  '/dashboard', '/records', '/records/new', '/bills', '/bills/new', '/budgets', '/budgets/new',
  '/reports', '/reports?span=year', '/categories', '/categories/new', '/accounts', '/accounts/new', '/settings', '/confirm', '/logout',
];

/** No violation in light and dark, and nothing overflows at 320 px. */
async function check(page) {
  const { height } = page.viewportSize();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page);
    expect.soft(await violations(page), colorScheme).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height });
  await settled(page);
  expect.soft(await tooWide(page), 'too wide at 320 px').toBe(0);
}

test('where a page has no place of its own in the bar, More is marked', async ({ page, person }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const more = page.locator('.bottom-bar .more > summary');
  for (const path of ['/bills', '/bills/new', '/settings']) {
    await open(page, path);
    await expect(page.getByText(person.name).first(), 'signed in').toBeAttached();
    await expect(more, path).toHaveAttribute('aria-current', 'true');
  }
  await open(page, '/budgets');
  await expect(more).not.toHaveAttribute('aria-current');
});

async function seed(person) {
  await person.limit('100');
  await person.save({ amount: '90', payee: 'A payee with quite a long name that goes on and on', note: 'a note', tags: 'one, two' });
  await person.save({ kind: 'income', amount: '12345678.90' });
}

for (const path of OPEN) {
  test(`${path} is accessible and narrow enough`, async ({ page }) => {
    await open(page, path);
    await check(page);
  });
}

for (const path of OWN) {
  test(`${path} is accessible and narrow enough, signed in`, async ({ page, person }) => {
    await seed(person);
    await open(page, path);
    await check(page);
  });
}

test('the record dialog is accessible and narrow enough', async ({ page, person }) => {
  await seed(person);
  await openDialog(page);
  await check(page);
});

test('a page that does not exist says so with 404', async ({ page, person }) => {
  for (const path of ['/nowhere', '/budgets/nowhere/edit']) {
    const answer = await page.goto(path);
    expect(answer.status(), path).toBe(404);
    await expect(page.getByText('This page does not exist')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Go home' })).toBeVisible();
  }
  await expect.poll(() => person.records()).toEqual([]);
});

test('the navigation leads everywhere without a reload', async ({ page, person }) => {
  await open(page, '/dashboard');
  await page.evaluate(() => { window.sameDocument = true; });
  for (const [name, path] of [['Records', '/records'], ['Budgets', '/budgets'], ['Dashboard', '/dashboard']]) {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
    await page.waitForURL(`**${path}`);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  }
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
  expect(person.cookies.size).toBeGreaterThan(0);
});

test('the document has a title at every moment', async ({ page, person }) => {
  const id = newId();
  await person.call('save_bill', { id, name: 'Rent', amount: '900', due: dayAfter(5), repeats: 'monthly' });
  await page.addInitScript(() => {
    window.titles = new Set();
    new MutationObserver(() => window.titles.add(document.title)).observe(document, { childList: true, subtree: true });
  });
  // On wider screens the details open beside the list, and the page stays what it is.
  await page.setViewportSize({ width: Math.min(page.viewportSize().width, 1200), height: 800 });
  await open(page, '/bills');
  const release = await hold(page, 'load_bill_history');
  const asked = page.waitForRequest('**/api/load_bill_history');
  await page.getByRole('main').getByRole('link', { name: 'Rent', exact: true }).first().click();
  await asked;
  await expect(page).toHaveTitle(/\S/);
  release();
  await expect(page).toHaveTitle('Rent · Expenso');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Records', exact: true }).click();
  await expect(page).toHaveTitle('Records · Expenso');
  const seen = await page.evaluate(() => [...window.titles].filter((title) => !['Bills · Expenso', 'Rent · Expenso', 'Records · Expenso'].includes(title)));
  // Before the parser has come to it there is none.
  expect(seen.filter((title, at) => at > 0 || title !== '')).toEqual([]);
});

test('figures stand in our own letters, each digit as wide as the others', async ({ page, person }) => {
  await person.save({ amount: '1111.11', payee: 'One' });
  await person.save({ amount: '8888.88', payee: 'Eight' });
  await open(page, '/records');
  await settled(page);
  const loaded = await page.evaluate(() => [...document.fonts]
    .filter((face) => face.family.replaceAll('"', '') === 'Inter' && face.status === 'loaded')
    .map((face) => face.unicodeRange.toUpperCase()));
  expect(loaded.some((range) => range.startsWith('U+20-')), 'letters').toBe(true);
  expect(loaded.some((range) => range.includes('U+20AD-')), 'the sign ₹').toBe(true);
  expect(loaded, 'no letters that the page does not show').toHaveLength(2);
  const widths = await page.locator('.record-amount .amount').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
  expect(widths).toHaveLength(2);
  expect(widths[0]).toBeCloseTo(widths[1], 1);
});

for (const path of ['/', '/dashboard', '/records', '/bills', '/budgets']) {
  test(`nothing on ${path} jumps while it loads`, async ({ page, context, person }) => {
    await seed(person);
    if (path === '/') await context.clearCookies();
    await open(page, path);
    if (path === '/dashboard') await page.locator('[data-testid=chart-by-day] svg path').first().waitFor({ state: 'attached' });
    await settled(page);
    const shift = await page.evaluate(() => new Promise((resolve) => {
      const sum = (list) => list.getEntries().filter((one) => !one.hadRecentInput).reduce((all, one) => all + one.value, 0);
      let total = 0;
      new PerformanceObserver((list) => { total += sum(list); }).observe({ type: 'layout-shift', buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(total)));
    }));
    expect(shift).toBeLessThan(0.02);
  });
}

test('on a phone the button that everything begins with is large and under the thumb', async ({ page, person }) => {
  test.skip(page.viewportSize().width > 400, 'wide screens have it in the head of the page');
  await seed(person);
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await open(page, '/records');
    const add = page.locator('.bottom-bar').getByRole('button', { name: 'Add record', exact: true });
    const { x, y, width: across, height } = await add.boundingBox();
    expect(Math.min(across, height), `at ${width} px`).toBeGreaterThanOrEqual(56);
    expect(y, 'in the lowest quarter').toBeGreaterThan(0.75 * 844);
    expect(Math.abs(x + across / 2 - width / 2), 'in the middle, for either hand').toBeLessThan(2);
  }
});

test('figures are typed on the keys for figures', async ({ page, person }) => {
  await seed(person);
  for (const [path, label] of [['/records/new', 'Amount'], ['/bills/new', 'Amount'], ['/budgets/new', 'Amount'], ['/accounts/new', 'Opening balance']]) {
    await open(page, path);
    await expect.soft(page.getByLabel(label, { exact: true }), path).toHaveAttribute('inputmode', 'decimal');
  }
});
