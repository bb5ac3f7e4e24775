import { PASSWORD, Person } from '../fixtures/person.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

const form = (page, name) => page.getByRole('form', { name, exact: true });
const save = (page, name) => page.getByRole('button', { name, exact: true }).click();

/** How the book of a person is kept. */
const head = async (person) => {
  const { home, week_start, planned_income } = await person.call('load_book');
  return { home, week_start, planned: planned_income?.minor ?? null };
};

async function keep(page, { currency, week, income }) {
  const book = form(page, 'Book');
  if (currency) await book.getByLabel('Currency', { exact: true }).selectOption(currency);
  if (week) await book.getByRole('radio', { name: week, exact: true }).check();
  if (income !== undefined) await book.getByLabel('Planned monthly income (optional)', { exact: true }).fill(income);
  await save(page, 'Save book');
}

test('links at the top lead down to each part', async ({ page, person }) => {
  await open(page, '/settings');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(person.name);
  const links = page.getByRole('navigation', { name: 'On this page' }).getByRole('link');
  await expect(links.nth(5)).toBeVisible();
  for (const link of await links.all()) {
    await link.click();
    const { hash } = new URL(await link.evaluate((link) => link.href));
    await expect(page.locator(hash).getByRole('heading').first(), hash).toBeInViewport();
  }
});

test('password managers are told whose password a form asks for', async ({ page, person }) => {
  for (const [path, name] of [['/settings', 'Change password'], ['/settings/leave', 'Delete my account'], ['/settings/prove', 'Show that it is you']]) {
    await page.goto(path);
    await expect(form(page, name).locator('input[autocomplete=username]')).toHaveValue(person.email);
  }
});

test('more contrast is chosen without JavaScript, and kept for the next device', async ({ browser, server, person }) => {
  const page = await plainPage(browser, server, person);
  await page.goto('/settings');
  await form(page, 'Theme').getByRole('radio', { name: 'Dark', exact: true }).check();
  await form(page, 'Theme').getByLabel('More contrast', { exact: true }).check();
  await save(page, 'Save theme');
  const html = page.locator('html[data-theme=dark][data-contrast=more]');
  await expect(html).toHaveCount(1);
  await expect(form(page, 'Theme').getByLabel('More contrast', { exact: true })).toBeChecked();
  const next = await Person.logIn(server.url, { email: person.email });
  expect(await (await next.fetch('/dashboard')).text()).toContain('data-contrast="more"');
});

for (const mode of ['with', 'without']) {
  /** The page of this mode, at the settings. */
  const settings = async ({ page, browser, server, person }) => {
    if (mode === 'with') {
      await open(page, '/settings');
      return page;
    }
    const plain = await plainPage(browser, server, person);
    await plain.goto('/settings');
    return plain;
  };

  test(`currency, week and planned income of the book, ${mode} JavaScript`, async ({ page, browser, server, person }) => {
    const here = await settings({ page, browser, server, person });
    await keep(here, { currency: 'EUR', week: 'Sunday', income: '85,000' });
    await expect(here).toHaveURL(/\/settings\?saved=1$/);
    await expect(here.getByText('Saved.', { exact: true })).toBeVisible();
    expect(await head(person)).toEqual({ home: 'EUR', week_start: 'Sun', planned: 8_500_000 });
    await here.goto('/dashboard');
    await expect(here.getByRole('link').filter({ has: here.getByTestId('figure-income') })).toContainText('of €85,000.00 planned');
    await expect(here.getByTestId('figure-income'), 'a plan is no income').toHaveAttribute('data-minor', '0');
  });

  test(`the currency stays once there are records, ${mode} JavaScript`, async ({ page, browser, server, person }) => {
    await person.save();
    const here = await settings({ page, browser, server, person });
    await keep(here, { currency: 'EUR', income: '0' });
    const currency = form(here, 'Book').getByLabel('Currency', { exact: true });
    await expect(currency).toHaveAttribute('aria-invalid', 'true');
    await expect(currency).toHaveAccessibleDescription(/The currency stays once there are records/);
    await expect(currency).toHaveValue('EUR');
    expect((await head(person)).home).toBe('INR');
    await keep(here, { currency: 'INR', week: 'Saturday' });
    await expect(here).toHaveURL(/\/settings\?saved=1$/);
    expect(await head(person)).toEqual({ home: 'INR', week_start: 'Sat', planned: null });
  });

  test(`alerts by mail are switched off and on, ${mode} JavaScript`, async ({ page, browser, server, person }) => {
    const here = await settings({ page, browser, server, person });
    const box = here.getByLabel('Email me when a budget is exceeded', { exact: true });
    await expect(box).toBeChecked();
    await box.uncheck();
    await Promise.all([here.waitForURL(/saved=1$/), save(here, 'Save alerts')]);
    await here.goto('/settings');
    await expect(box).not.toBeChecked();
    if (mode === 'with') await open(here, '/settings');
    await box.check();
    await Promise.all([here.waitForURL(/saved=1$/), save(here, 'Save alerts')]);
    await here.goto('/settings');
    await expect(box).toBeChecked();
  });

  test(`the theme follows the person to a new device, ${mode} JavaScript`, async ({ page, browser, server, person }) => {
    const here = await settings({ page, browser, server, person });
    await here.getByRole('radio', { name: 'Dark', exact: true }).check();
    await save(here, 'Save theme');
    await expect(here.getByText(mode === 'with' ? 'Theme saved' : 'Saved.', { exact: true })).toBeVisible();
    await here.goto('/settings');
    await expect(here.locator('html')).toHaveAttribute('data-theme', 'dark');
    const device = await plainPage(browser, server);
    await device.goto('/login');
    await expect(device.locator('html')).toHaveAttribute('data-theme', 'auto');
    await device.getByLabel('Email', { exact: true }).fill(person.email);
    await device.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await save(device, 'Log in');
    await expect(device).toHaveURL(/\/dashboard$/);
    await expect(device.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  test(`the profile is changed, ${mode} JavaScript`, async ({ page, browser, server, person }) => {
    const here = await settings({ page, browser, server, person });
    const profile = form(here, 'Profile');
    await profile.getByLabel('Name', { exact: true }).fill('Asha R');
    await profile.getByLabel('Time zone', { exact: true }).selectOption('Europe/Stockholm');
    await Promise.all([here.waitForURL(/saved=1$/), save(here, 'Save profile')]);
    await expect(profile.getByLabel('Name', { exact: true })).toHaveValue('Asha R');
    await expect(profile.getByLabel('Time zone', { exact: true })).toHaveValue('Europe/Stockholm');
  });

  test(`the password is changed, ${mode} JavaScript`, async ({ page, browser, server, person }) => {
    const fresh = 'quite another set of words';
    const here = await settings({ page, browser, server, person });
    const change = async (current) => {
      await here.getByLabel('Current password', { exact: true }).fill(current);
      await here.getByLabel('New password', { exact: true }).fill(fresh);
      await here.getByLabel('Confirm password', { exact: true }).fill(fresh);
      await save(here, 'Change password');
    };
    await change('not my password');
    await expect(here.getByLabel('Current password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await change(PASSWORD);
    await expect(here).toHaveURL(/\/settings\?saved=1$/);
    const elsewhere = new Person(server.url, person);
    expect((await elsewhere.post('log_in', { email: person.email, password: PASSWORD, next: '' })).ok, 'the old one').toBe(false);
    expect((await elsewhere.post('log_in', { email: person.email, password: fresh, next: '' })).ok, 'the new one').toBe(true);
  });
}
