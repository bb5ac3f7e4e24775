// A line that is slow, or breaks while the WebAssembly is on its way.

import { tell } from '../fixtures/full.mjs';
import { Line } from '../fixtures/line.mjs';
import { fillRecord, openDialog, rowOf, save } from '../fixtures/records.mjs';
import { Server } from '../fixtures/server.mjs';
import { test as base, expect, hydrated, wanted } from '../fixtures/test.mjs';

const test = base.extend({
  line: [
    async ({}, use) => {
      const line = await Line.start();
      await use(line);
      await line.close();
    },
    { scope: 'worker' },
  ],

  /** Everybody reaches it by the line. */
  server: [
    async ({ line }, use) => {
      const server = await Server.prepare({ EXPENSO_BASE_URL: line.url });
      Object.assign(line, { port: server.port });
      server.url = line.url;
      try {
        await server.run();
        await use(server);
      } finally {
        await server.stop();
      }
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test.beforeEach(({ line }) => line.open());

const isAwake = (page) => page.evaluate(() => document.documentElement.dataset.hydrated === 'true');

test('at 64 kbit/s a page shows what it has and its form saves, long before the WebAssembly is there', async ({ page, person, line }) => {
  test.setTimeout(180_000);
  await person.save({ payee: 'Corner shop', amount: '12.50' });
  line.slow(64_000);
  const start = performance.now();
  const since = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  await page.goto('/records/new', { waitUntil: 'commit' });
  await expect(page.getByLabel('Amount', { exact: true })).toBeVisible({ timeout: 60_000 });
  const form = since();
  await fillRecord(page, { amount: '7', payee: 'Market' });
  expect(await isAwake(page), 'the WebAssembly is still on its way').toBe(false);
  await save(page);
  await expect(rowOf(page, 'Market')).toBeVisible({ timeout: 60_000 });
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  const list = since();
  expect(await isAwake(page), 'and still').toBe(false);
  line.open();
  expect((await person.records()).map((record) => record.payee)).toEqual(['Market', 'Corner shop']);
  tell('64 kbit/s', { 'a form after': form, 'saved and listed after': list });
});

test('a line that breaks while the WebAssembly comes leaves a page that works, which wakes when the line is whole again', async ({ page, person, line, faults }) => {
  await person.save({ payee: 'Corner shop', amount: '12.50' });
  line.cutAfter(/\.wasm$/, 20_000);
  await page.goto('/records');
  await expect.poll(() => line.cuts).toBeGreaterThan(0);
  await expect(rowOf(page, 'Corner shop')).toBeVisible();

  // Links and forms do what they do without JavaScript.
  await page.goto('/records/new');
  await fillRecord(page, { amount: '7', payee: 'Market' });
  await save(page);
  await expect(rowOf(page, 'Market')).toBeVisible();
  await expect(rowOf(page, 'Corner shop')).toBeVisible();
  expect(await isAwake(page)).toBe(false);
  expect(await person.records()).toHaveLength(2);

  line.open();
  await hydrated(page);
  await expect(rowOf(page, 'Market')).toBeVisible();
  wanted(faults, /\.wasm|WebAssembly|Failed to fetch/);
});

test('a save whose connection breaks before the answer is made once, and the page knows it', async ({ page, person, line, faults }) => {
  const dialog = await openDialog(page);
  line.cutAfter(/save_record/, 10);
  await fillRecord(dialog, { amount: '7', payee: 'Market' });
  await save(dialog);
  await expect.poll(() => line.cuts).toBeGreaterThan(0);
  line.open();
  const again = page.getByRole('button', { name: 'Try again' });
  const added = page.getByText('Record added');
  await expect(again.or(added)).toBeVisible();
  if (await again.isVisible()) await again.click();
  await expect(added).toBeVisible();
  await expect(rowOf(page, 'Market')).toHaveCount(1);
  expect(await person.records()).toHaveLength(1);
  if (faults.length > 0) wanted(faults, /save_record/);
});
