import AxeBuilder from '@axe-core/playwright';
import { openDialog } from '../fixtures/records.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

const OPEN = ['/', '/login', '/signup', '/forgot', '/reset?token=none', '/terms'];
const OWN = [
  '/dashboard', '/records', '/records/new', '/bills', '/bills/new', '/budgets', '/budgets/new',
  '/categories', '/categories/new', '/accounts', '/accounts/new', '/settings', '/confirm', '/logout',
];

/** Waits until nothing moves or changes its colour any more, and the letters have their final shape. */
const settled = (page) => page.evaluate(async () => {
  await document.fonts.ready;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await Promise.allSettled(document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity).map((one) => one.finished));
});

/** No violation in light and dark, and nothing overflows at 320 px. */
async function check(page) {
  const { height } = page.viewportSize();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    const words = violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
    expect.soft(words, colorScheme).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height });
  await settled(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(wide, 'width at 320 px').toBeLessThanOrEqual(320);
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
