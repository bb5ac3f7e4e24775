// The area of staff: it is there for them alone; a person is found, suspended, and let in again.

import { tooWide, violations } from '../fixtures/looks.mjs';
import { letterFile } from '../fixtures/mailbox.mjs';
import { Person } from '../fixtures/person.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

/** A person who is staff of this rank. */
async function staff(server, rank) {
  const person = await Person.signUp(server.url, { name: 'Mira Sen' });
  await server.command('admin', 'grant', person.email, rank);
  return person;
}

const userOf = async (person) => (await person.ask('load_household')).people.find((one) => one.is_me).user;

/** Opens the pages as this person. */
async function as(page, person) {
  await page.context().clearCookies();
  await page.context().addCookies(person.browserCookies());
}

/** The form of this name, whether it stands open already or not. */
async function unfolded(page, name) {
  const form = page.getByRole('form', { name });
  await expect(async () => {
    if (!(await form.isVisible())) await page.locator('summary', { hasText: name }).click({ timeout: 1_000 });
    await expect(form).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 10_000 });
  return form;
}

test('to others the area of staff is not there', async ({ page, server }) => {
  const admin = await staff(server, 'admin');
  const ravi = await Person.signUp(server.url, { name: 'Ravi Menon' });
  await as(page, ravi);
  for (const path of ['/admin', '/admin/users', `/admin/users/${await userOf(admin)}`, '/admin/audit']) {
    expect((await page.goto(path)).status()).toBe(404);
    await expect(page.getByText('This page does not exist')).toBeVisible();
  }
  expect((await ravi.post('load_overview')).status).toBe(404);
  await as(page, await staff(server, 'care'));
  await open(page, '/admin/users');
  await expect(page.getByRole('navigation', { name: 'Administration' }).getByRole('link')).toHaveText(['People', 'Requests']);
  expect((await page.goto('/admin')).status()).toBe(404);
});

test('a person is found, suspended with a reason, and let in again', async ({ page, server }) => {
  const admin = await staff(server, 'admin');
  const ravi = await Person.signUp(server.url, { name: 'Ravi Menon' });
  await as(page, admin);
  await open(page, '/admin');
  await expect(page.getByTestId('health')).toContainText('SQLite');
  await expect(page.getByTestId('jobs')).toContainText('Tidying up');
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'People' }).click();
  await page.getByRole('searchbox', { name: 'Find a person' }).fill(ravi.email.slice(0, 12));
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByTestId('account').getByRole('link', { name: 'Ravi Menon' }).click();
  await expect(page.getByTestId('person')).toContainText(ravi.email);

  const form = await unfolded(page, 'Suspend the account');
  await form.getByRole('button', { name: 'Suspend the account' }).click();
  await expect(form.getByText('Say why')).toBeVisible();
  await form.getByLabel('Reason').fill('sent spam');
  await form.getByRole('button', { name: 'Suspend the account' }).click();
  await expect(page.getByTestId('person')).toContainText('Suspended');
  expect((await ravi.post('load_book')).status).toBe(401);
  const told = await letterFile(server.data, ravi.email, /suspended/i);
  expect(told).toContain('sent spam');
  expect(told).toContain(`write to Mira Sen at ${admin.email}`);
  // What takes the place of a deed that is done is closed, and nothing is typed into it.
  await expect(page.locator('summary', { hasText: 'End the suspension' })).toBeVisible();
  await expect(page.getByRole('form', { name: 'End the suspension' })).toBeHidden();

  const resume = await unfolded(page, 'End the suspension');
  await expect(resume.getByLabel('Reason')).toHaveValue('');
  await resume.getByLabel('Reason').fill('a mistake');
  await resume.getByRole('button', { name: 'End the suspension' }).click();
  await expect(page.getByTestId('person')).not.toContainText('Suspended');
  await expect(page.getByRole('form', { name: 'Suspend the account' })).toBeHidden();
  await letterFile(server.data, ravi.email, /yours again/i);
  await Person.logIn(server.url, { email: ravi.email });
  await expect(page.getByTestId('deed').first()).toContainText('a mistake');
  await open(page, '/admin/audit');
  await expect(page.getByTestId('deed').first()).toContainText('Ravi Menon');
  expect(await violations(page)).toEqual([]);
});

test('who is suspended is told so, without JavaScript too', async ({ browser, server }) => {
  const admin = await staff(server, 'admin');
  const ravi = await Person.signUp(server.url, { name: 'Ravi Menon' });
  const user = await userOf(ravi);
  const page = await plainPage(browser, server, admin);
  await page.goto(`/admin/users/${user}`);
  await page.getByText('Suspend the account').first().click();
  await page.getByRole('button', { name: 'Suspend the account' }).click();
  await expect(page.getByText('Say why'), 'what was refused is unfolded').toBeVisible();
  await page.getByLabel('Reason').first().fill('sent spam');
  await page.getByRole('button', { name: 'Suspend the account' }).click();
  await expect(page.getByTestId('person')).toContainText('Suspended');
  await page.context().clearCookies();
  await page.goto('/login');
  await page.getByLabel('Email').fill(ravi.email);
  await page.getByLabel('Password').fill(ravi.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByText('This account is suspended')).toBeVisible();
});

test('a confirmation is sent again, and an account is deleted in a week unless it is kept', async ({ page, server }) => {
  const admin = await staff(server, 'admin');
  const ravi = await Person.signUp(server.url, { name: 'Ravi Menon' });
  await as(page, admin);
  await open(page, `/admin/users/${await userOf(ravi)}`);
  await page.getByRole('button', { name: 'Send the confirmation again' }).click();
  await expect(page.getByText('A new letter is on its way')).toBeVisible();

  const remove = await unfolded(page, 'Delete the account');
  await remove.getByRole('button', { name: 'Delete the account' }).click();
  await expect(remove.getByText('Say why')).toBeVisible();
  await remove.getByLabel('Reason').fill('asked for it by telephone');
  await remove.getByRole('button', { name: 'Delete the account' }).click();
  await expect(page.locator('summary', { hasText: 'Keep the account' })).toBeVisible();
  await expect(page.getByTestId('deed').first()).toContainText('asked for it by telephone');
  expect((await ravi.post('load_book')).status, 'their sessions end').toBe(401);

  const keep = await unfolded(page, 'Keep the account');
  await expect(keep.getByLabel('Reason')).toHaveValue('');
  await keep.getByLabel('Reason').fill('they changed their mind');
  await keep.getByRole('button', { name: 'Keep the account' }).click();
  await expect(page.locator('summary', { hasText: 'Delete the account' })).toBeVisible();
  await expect(page.getByTestId('deed').first()).toContainText('they changed their mind');
  expect((await (await Person.logIn(server.url, { email: ravi.email })).book()).accounts.length).toBeGreaterThan(0);
});
