// Pictures of every page: `npm run pictures`. All go to out/pictures; those of the README to screenshots/.

import { mkdir, stat } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import config from './playwright.config.mjs';
import { Person, dayAfter, newId } from './fixtures/person.mjs';
import { Server } from './fixtures/server.mjs';
import { hydrated } from './fixtures/test.mjs';

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };
const PAGES = [
  'dashboard', 'records', 'records/new', 'bills', 'bills/new', 'budgets', 'budgets/new', 'categories', 'accounts', 'settings',
];
const STRANGERS = ['', 'login', 'signup', 'forgot', 'nowhere'];

/** The pictures of the README: page, size and colours. */
const README = [['dashboard', 'desktop', 'light'], ['dashboard', 'phone', 'dark'], ['records', 'desktop', 'light'], ['budgets', 'phone', 'light']];

/** The largest picture of the README, in bytes. */
const LARGEST = 150_000;

const [all, readme] = ['out/pictures', 'screenshots'].map((folder) => new URL(folder, import.meta.url).pathname);

/** A month of spending, bills and limits; the same each time. */
async function seed(person) {
  const { accounts: [cash, bank], categories } = await person.book();
  const category = (name) => categories.find((one) => one.name === name).id;
  const daily = [['Groceries', 'Corner shop', 640], ['Eating out', 'Green Leaf', 420], ['Transport', 'Metro', 60], ['Fuel', 'Fuel station', 1500], ['Shopping', 'Book shop', 899]];
  await person.save({ kind: 'income', amount: '85000', category: category('Salary'), account: bank.id, payee: 'The office', date: dayAfter(-20) });
  await person.save({ amount: '22000', category: category('Rent'), account: bank.id, payee: 'Landlord', date: dayAfter(-19) });
  for (let at = 0; at < 90; at += 1) {
    const [name, payee, amount] = daily[(at * 7) % daily.length];
    await person.save({ amount: String(amount + ((at * 37) % 90)), category: category(name), account: (at % 3 ? bank : cash).id, payee, date: dayAfter(-at) });
  }
  await person.limit('60000', { name: 'Monthly budget' });
  await person.limit('12000', { name: 'Eating out', categories: [category('Eating out')] });
  for (const [name, amount, days] of [['Internet', '999', 2], ['Electricity', '2400', 5], ['Rent', '22000', 9]]) {
    await person.call('save_bill', { id: newId(), name, amount, due: dayAfter(days), repeats: 'monthly', category: '', account: bank.id, remind: '3' });
  }
}

async function picture(page, path, size, colours) {
  await page.goto(`/${path}`);
  await hydrated(page);
  if (path === 'dashboard') await page.locator('[data-testid=chart-by-day] :is(svg path, canvas)').first().waitFor({ state: 'attached' });
  const name = `${path.replaceAll('/', '-') || 'home'}-${size}-${colours}`;
  await page.screenshot({ path: `${all}/${name}.png`, fullPage: true, animations: 'disabled' });
  if (!README.some((wanted) => wanted.join() === [path, size, colours].join())) return;
  const file = `${readme}/${name}.jpg`;
  for (const quality of [85, 70, 55, 40]) {
    await page.screenshot({ path: file, type: 'jpeg', quality, animations: 'disabled' });
    if ((await stat(file)).size <= LARGEST) return;
  }
  throw new Error(`${file} is larger than ${LARGEST} bytes`);
}

await Promise.all([all, readme].map((folder) => mkdir(folder, { recursive: true })));
const server = await Server.start();
const browser = await chromium.launch(config.use.launchOptions);
try {
  const person = await Person.signUp(server.url);
  await seed(person);
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark']) {
      const options = { viewport, colorScheme, baseURL: server.url, locale: 'en-IN', timezoneId: 'Asia/Kolkata' };
      for (const [paths, cookies] of [[PAGES, person.browserCookies()], [STRANGERS, []]]) {
        const context = await browser.newContext(options);
        await context.addCookies(cookies);
        const page = await context.newPage();
        for (const path of paths) await picture(page, path, size, colorScheme);
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
