// Pictures of every page with the records of a demonstration household: `cargo xtask screenshots`, or `npm run pictures`.
// At all widths they go to out/pictures, to be looked at; those of the README to screenshots/. `--readme`: only those.

import { mkdir, rm, stat } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import config from './playwright.config.mjs';
import { settled } from './fixtures/looks.mjs';
import { demo } from './fixtures/demo.mjs';
import { Server } from './fixtures/server.mjs';
import { hydrated } from './fixtures/test.mjs';

const WIDTHS = [320, 390, 768, 1280, 1920];
const COLOURS = ['light', 'dark'];
const STRANGERS = ['', 'login', 'signup', 'forgot', 'reset?token=none', 'terms', 'nowhere'];

/** The pages of the household, those of single things included. */
async function pagesOf(person) {
  const { accounts, bills, budgets, categories } = await person.book();
  const account = accounts.find((one) => one.name === 'HDFC Bank').id;
  const category = categories.find((one) => one.name === 'Groceries').id;
  const bill = bills.find((one) => one.name === 'Rent');
  const [expense] = await person.records({ kind: 'expense' });
  return [
    'dashboard', 'dashboard?span=year&beside=before',
    'records', 'records/new', `records/${expense.id}/edit`, `records/new?refund=${expense.id}`,
    'bills', `bills?month=${bill.next_due.slice(0, 7)}`, 'bills/new', `bills/${bill.id}`, `bills/${bill.id}/pay`, `bills/${bill.id}/due/${bill.next_due}`,
    'budgets', 'budgets/new', 'budgets/envelopes', `budgets/${budgets[0].id}`,
    'reports', 'reports?span=year&beside=before',
    'categories', 'categories?order=on', 'categories/new', `categories/${category}/merge`,
    'accounts', 'accounts/new', `accounts/${account}`,
    'settings',
  ];
}

/** The devices of the README; a phone shows two dots per pixel. */
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

/** The pictures of the README: page, device and colours. */
const README = [
  ['dashboard', 'desktop', 'light'], ['records', 'desktop', 'dark'],
  ['dashboard', 'phone', 'dark'], ['records', 'phone', 'light'], ['budgets', 'phone', 'dark'], ['bills', 'phone', 'light'],
];

/** The largest picture of the README, in bytes. */
const LARGEST = 150_000;

const [all, readme] = ['out/pictures', 'screenshots'].map((folder) => new URL(folder, import.meta.url).pathname);

/** Opens a page that has come to rest, its charts drawn; without motion they are whole at once. */
async function show(page, path) {
  await page.goto(`/${path}`);
  await hydrated(page);
  if (path === 'dashboard') await page.locator('[data-testid=chart-by-day] :is(svg path, canvas)').first().waitFor({ state: 'attached' });
  await settled(page);
}

/** Calls `use` with a page that looks like the device, signed in as `person` or as nobody. */
async function withPage(browser, server, person, device, colorScheme, use) {
  const options = { ...device, colorScheme, reducedMotion: 'reduce', baseURL: server.url, locale: 'en-IN', timezoneId: 'Asia/Kolkata' };
  const context = await browser.newContext(options);
  try {
    if (person) await context.addCookies(person.browserCookies());
    await use(await context.newPage());
  } finally {
    await context.close();
  }
}

/** A JPEG as good as it may be large. */
async function small(page, file) {
  for (const quality of [88, 80, 70, 60, 50, 40]) {
    await page.screenshot({ path: file, type: 'jpeg', quality });
    if ((await stat(file)).size <= LARGEST) return;
  }
  throw new Error(`${file} is larger than ${LARGEST} bytes`);
}

async function everyPage(browser, server, person) {
  await rm(all, { recursive: true, force: true });
  await mkdir(all, { recursive: true });
  const pages = await pagesOf(person);
  for (const width of WIDTHS) {
    for (const colours of COLOURS) {
      for (const [paths, who] of [[pages, person], [STRANGERS, null]]) {
        await withPage(browser, server, who, { viewport: { width, height: width < 600 ? 844 : 800 } }, colours, async (page) => {
          for (const path of paths) {
            await show(page, path);
            // Ids are another time others.
            const short = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id').replace(/[^\w]+/g, '-');
            const name = `${short || 'home'}-${width}-${colours}`;
            await page.screenshot({ path: `${all}/${name}.png`, fullPage: true });
          }
        });
      }
    }
  }
}

async function ofReadme(browser, server, person) {
  await mkdir(readme, { recursive: true });
  for (const [path, size, colours] of README) {
    await withPage(browser, server, person, size === 'phone' ? PHONE : DESKTOP, colours, async (page) => {
      await show(page, path);
      await small(page, `${readme}/${path}-${size}-${colours}.jpg`);
    });
  }
}

const server = await Server.start();
const browser = await chromium.launch(config.use.launchOptions);
try {
  const person = await demo(server);
  await ofReadme(browser, server, person);
  if (!process.argv.includes('--readme')) await everyPage(browser, server, person);
} finally {
  await browser.close();
  await server.stop();
}
