// The code of the page comes in pieces, and what the first page does not need comes later.

import { expect, hydrated, open, test, wanted } from '../fixtures/test.mjs';

const PIECES = /\/pkg\/(split|chunk)_.*\.wasm$/;

test('a page whose piece does not come says so, and can be had from the server', async ({ page, person, faults }) => {
  await person.save({ amount: '5', payee: 'Corner shop' });
  await open(page, '/records');
  await page.route(PIECES, (route) => route.abort());
  await page.getByRole('link', { name: 'Budgets' }).locator('visible=true').click();
  await expect(page.getByRole('alert')).toContainText('This page did not come');
  await page.unroute(PIECES);
  await page.getByRole('link', { name: 'Try again' }).click();
  await hydrated(page);
  await expect(page).toHaveURL(/\/budgets$/);
  await expect(page.getByRole('link', { name: 'Add budget' }).or(page.getByRole('button', { name: 'Add budget' })).first()).toBeVisible();
  wanted(faults, /Failed to (load|fetch)|ERR_FAILED/);
});

test('each page brings its own piece along, and no other page’s', async ({ page, person }) => {
  await person.records();
  const asked = [];
  page.on('request', (request) => PIECES.test(request.url()) && asked.push(request.url()));
  await open(page, '/dashboard');
  const linked = await page.locator('link[rel=preload][href$=".wasm"]').evaluateAll((links) => links.map((link) => link.href));
  expect(linked.some((href) => href.includes('split_dashboard'))).toBe(true);
  expect(asked.some((url) => url.includes('split_more'))).toBe(false);
});

test('a period of the dashboard comes alive with its report', async ({ page, person }) => {
  await person.save({ amount: '5', payee: 'Corner shop' });
  await open(page, '/dashboard');
  await page.getByRole('link', { name: 'Year', exact: true }).click();
  await expect(page.getByTestId('report')).toBeVisible();
  await page.reload();
  await hydrated(page);
  await expect(page.getByTestId('report')).toBeVisible();
});

test('the first key and the first click find everything awake', async ({ page, person }) => {
  for (let at = 0; at < 12; at += 1) await person.save({ amount: '5', payee: `Shop ${at}` });
  // Pressed before the page says that all of it is awake.
  await page.goto('/records');
  await page.waitForFunction(() => document.querySelector('[data-testid=record] button'));
  await page.getByTestId('record').last().getByRole('button', { name: 'Delete' }).click();
  await expect.poll(async () => (await person.records()).length).toBe(11);
  await hydrated(page);
  await expect(page.getByTestId('record')).toHaveCount(11);
});
