import { ALERT, Mailbox, codeIn, linkIn, plainText } from '../fixtures/mailbox.mjs';
import { PASSWORD, Person, freshEmail } from '../fixtures/person.mjs';
import { fillRecord, openDialog, rowOf, save } from '../fixtures/records.mjs';
import { Server } from '../fixtures/server.mjs';
import { expect, test as base, hydrated, open } from '../fixtures/test.mjs';

const test = base.extend({
  mailbox: [
    async ({}, use) => {
      const mailbox = await Mailbox.start();
      await use(mailbox);
      await mailbox.close();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ mailbox }, use) => {
      const server = await Server.start(mailbox.env);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

const field = (page, name) => page.getByLabel(name, { exact: true });

async function addRecord(page, fields) {
  const dialog = await openDialog(page);
  await fillRecord(dialog, fields);
  await save(dialog);
  await expect(rowOf(page, fields.payee)).toBeVisible();
  await expect(dialog).toBeHidden();
}

test('a stranger signs up, keeps records, exceeds a budget, gets one letter, and logs out', async ({ page, server, mailbox }) => {
  test.slow();
  const email = freshEmail();
  const bar = page.getByRole('progressbar', { name: 'Monthly budget' });

  await test.step('sign up', async () => {
    await open(page, '/');
    await page.getByRole('link', { name: 'Create account' }).first().click();
    await page.waitForURL('**/signup');
    for (const [name, text] of [['Name', 'Asha Rao'], ['Email', email], ['Password', PASSWORD], ['Confirm password', PASSWORD]]) {
      await field(page, name).fill(text);
    }
    await page.getByLabel('I agree to the terms').check();
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL('**/dashboard');
    await hydrated(page);
    await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  });

  await test.step('confirm the address by the six digits', async () => {
    const banner = page.locator('aside').filter({ hasText: 'Confirm your email' });
    await expect(banner).toContainText(email);
    const code = codeIn(plainText(await mailbox.waitFor(email, /confirm/i)));
    await banner.getByRole('link', { name: 'Enter the code' }).click();
    await field(page, 'Code').fill(code);
    await page.getByRole('button', { name: 'Confirm email' }).click();
    await expect(page.getByRole('heading', { name: 'Email confirmed' })).toBeVisible();
    await hydrated(page);
    await page.getByRole('link', { name: 'Go on' }).click();
    await page.waitForURL('**/dashboard');
    await expect(page.getByTestId('figure-expenses')).toBeVisible();
    await expect(banner).toHaveCount(0);
  });

  await test.step('add an income and an expense', async () => {
    await addRecord(page, { kind: 'Income', amount: '50,000', category: 'Salary', payee: 'The office' });
    await addRecord(page, { amount: '45+15', category: 'Groceries', payee: 'Corner shop' });
  });

  await test.step('set a budget', async () => {
    await open(page, '/budgets');
    await page.getByRole('button', { name: 'Add budget' }).first().click();
    await page.waitForURL(/\/budgets\/new\??$/);
    await field(page, 'Amount').fill('100');
    await save(page);
    await expect(bar).toHaveAttribute('aria-valuenow', '60');
    expect(mailbox.alerts(email)).toEqual([]);
  });

  await test.step('exceed it', async () => {
    const dialog = await openDialog(page);
    await fillRecord(dialog, { amount: '90', category: 'Eating out', payee: 'Green Leaf' });
    await save(dialog);
    await expect(page.getByRole('status').getByText(/Monthly budget is over its limit/)).toBeVisible();
    await open(page, '/dashboard');
    await expect(page.getByTestId('budget-alert')).toContainText('Monthly budget is over its limit');
    await expect(page.getByTestId('figure-expenses')).toHaveAttribute('data-minor', '15000');
    await expect(page.getByTestId('figure-budget-left')).toHaveAttribute('data-minor', '-5000');
  });

  await test.step('get one letter, also after more spending, and follow its link', async () => {
    const letter = await mailbox.waitFor(email, new RegExp(`^${ALERT}$`));
    await addRecord(page, { amount: '5', payee: 'Tea stall' });
    const other = await Person.signUp(server.url);
    await mailbox.waitFor(other.email, /confirm/i);
    expect(mailbox.to(email).map(({ subject }) => subject).filter((subject) => !/confirm/i.test(subject))).toEqual([ALERT]);
    const link = linkIn(plainText(letter));
    expect(link).toBe(`${server.url}/budgets`);
    await open(page, link);
    await expect(bar).toHaveAttribute('aria-valuenow', '155');
  });

  await test.step('log out', async () => {
    await open(page, '/settings');
    await page.getByRole('button', { name: 'Log out' }).first().click();
    await page.waitForURL(`${server.url}/`);
    await page.goto('/dashboard');
    await expect(page).toHaveURL(/\/login/);
  });
});
