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

for (const [from, name, to] of [['/dashboard', 'Records', '/records'], ['/bills', 'Budgets', '/budgets']]) {
  test(`a link of ${from} leads where it should while the piece of the page is being read`, async ({ page, person }) => {
    await person.records();
    await page.addInitScript((here) => {
      // The router hears clicks from the moment that it is made, before it has anything to show.
      const listen = EventTarget.prototype.addEventListener;
      EventTarget.prototype.addEventListener = function (type, hear, options) {
        if (this === window && type === 'click' && !options) window.routerHears = true;
        return listen.call(this, type, hear, options);
      };
      // A telephone takes its time over a piece; this one never ends.
      const read = WebAssembly.instantiateStreaming;
      WebAssembly.instantiateStreaming = async (file, ...others) => {
        const isPiece = (await file).url.includes('/pkg/split_');
        if (isPiece && location.pathname === here) await new Promise(() => {});
        return read(file, ...others);
      };
    }, from);
    await page.goto(from, { waitUntil: 'commit' });
    await page.waitForFunction(() => window.routerHears);
    await page.getByRole('link', { name, exact: true }).locator('visible=true').click({ noWaitAfter: true });
    await page.waitForURL(`**${to}`, { waitUntil: 'commit' });
    await hydrated(page);
    await expect(page).toHaveURL(new RegExp(`${to}$`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  });
}
