import { settled, tooWide, violations } from '../fixtures/looks.mjs';
import { openDialog } from '../fixtures/records.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

const OPEN = ['/', '/login', '/signup', '/forgot', '/reset?token=none', '/terms'];
const OWN = [
  '/dashboard', '/records', '/records/new', '/bills', '/bills/new', '/budgets', '/budgets/new',
  '/categories', '/categories/new', '/accounts', '/accounts/new', '/settings', '/confirm', '/logout',
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
  expect(await person.records()).toEqual([]);
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
