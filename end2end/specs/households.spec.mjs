// A household: somebody is let in by a link, does what they may, and opens one book or the other.

import { Person } from '../fixtures/person.mjs';
import { tooWide, violations } from '../fixtures/looks.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

/** Invites `email` on the page of the settings; answers the link. */
async function invite(page, email, role) {
  await open(page, '/settings');
  const form = page.getByRole('form', { name: 'Invite somebody' });
  await form.getByLabel('Whom to invite').fill(email);
  await form.getByLabel('They may').selectOption({ label: role });
  await form.getByRole('button', { name: 'Invite' }).click();
  const invited = page.getByTestId('invited').filter({ hasText: email });
  await expect(invited).toBeVisible();
  return invited.getByRole('link').getAttribute('href');
}

/** The path of a link, which names the address that the server thinks it has. */
const pathOf = (link) => new URL(link).pathname + new URL(link).search;

test('somebody is let in to look, and to add, and to change', async ({ page, browser, server, person }) => {
  await person.save({ payee: 'Corner shop', amount: '12.50' });
  const ravi = await Person.signUp(server.url, { name: 'Ravi Menon' });
  const link = await invite(page, ravi.email, 'Viewer');
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);

  const context = await browser.newContext({ baseURL: server.url, viewport: page.viewportSize() });
  await context.addCookies(ravi.browserCookies());
  const his = await context.newPage();
  await open(his, pathOf(link));
  await expect(his.getByText('Asha Rao invites you into the book')).toBeVisible();
  expect(await violations(his)).toEqual([]);
  await his.getByRole('button', { name: 'Accept' }).click();
  await his.waitForURL('**/dashboard');
  await open(his, '/records');
  await expect(his.getByTestId('record')).toHaveCount(1);
  await expect(his.getByRole('button', { name: 'Add record' })).toHaveCount(0);
  await expect(his.getByRole('button', { name: /^Edit/ })).toHaveCount(0);
  await open(his, '/records/new');
  await expect(his.getByText('You can look at this book')).toBeVisible();

  await open(page, '/settings');
  const role = page.getByRole('form', { name: 'Role of Ravi Menon' });
  await role.getByRole('combobox').selectOption({ label: 'Add only' });
  await role.getByRole('button', { name: 'Set' }).click();
  await expect.poll(async () => (await ravi.ask('load_household')).people.find((one) => one.is_me).role).toBe('adder');
  await open(his, '/records');
  await expect(his.getByRole('button', { name: 'Add record' }).first()).toBeVisible();
  await expect(his.getByRole('button', { name: /^Edit/ })).toHaveCount(0);
  await ravi.save({ payee: 'Bakery', amount: '3' });
  await expect.poll(() => person.records()).toHaveLength(2);

  await open(page, '/settings');
  await page.getByRole('button', { name: 'Remove Ravi Menon' }).click();
  await expect(page.getByTestId('member')).toHaveCount(1);
  const removed = page.locator('.toast').filter({ hasText: 'Removed Ravi Menon' });
  await removed.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('member')).toHaveCount(2);
  await expect(role.getByRole('combobox')).toHaveValue('adder');
  await page.getByRole('button', { name: 'Remove Ravi Menon' }).click();
  await expect(page.getByTestId('member')).toHaveCount(1);
  await open(his, '/records');
  await expect(his.getByTestId('record')).toHaveCount(0);
  await context.close();
});

/** Lets `guest` into the book of `owner`, and opens it. */
async function letIn(owner, guest, role) {
  await owner.call('invite', { email: guest.email, role });
  const { invited } = await owner.ask('load_household');
  const { link } = invited.find((one) => one.email === guest.email);
  await guest.call('accept_invitation', { token: new URL(link).searchParams.get('token') });
}

/** Leaves the book that is open. */
async function leave(page) {
  await open(page, '/settings');
  await expect(page.getByText('For ten minutes Undo brings back whoever left')).toBeVisible();
  await page.getByRole('button', { name: 'Leave this book' }).click();
  await page.waitForURL('**/dashboard?left=*');
  await expect(page.getByText('You have left the book.')).toBeVisible();
}

test('whoever leaves a book by mistake goes back into it', async ({ page, server, person }) => {
  const meera = await Person.signUp(server.url, { name: 'Meera Iyer' });
  await meera.save({ payee: 'Corner shop', amount: '12.50' });
  await letIn(meera, person, 'editor');
  await leave(page);
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  expect(await person.records()).toHaveLength(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForURL('**/dashboard');
  await expect.poll(() => person.records()).toHaveLength(1);
  expect((await person.ask('load_household')).people.find((one) => one.is_me).role).toBe('editor');
});

test('whoever is removed after they left does not come back by Undo', async ({ page, server, person }) => {
  const meera = await Person.signUp(server.url, { name: 'Meera Iyer' });
  await letIn(meera, person, 'editor');
  const { people } = await meera.ask('load_household');
  await leave(page);
  await meera.call('remove_person', { user: people.find((one) => !one.is_me).user });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('It is too late to undo this.').first()).toBeVisible();
  expect((await meera.ask('load_household')).people).toHaveLength(1);
});

test('an invitation that was taken back by mistake is given again', async ({ page, person }) => {
  const link = await invite(page, 'somebody@example.org', 'Viewer');
  await page.getByRole('button', { name: 'Take back the invitation of somebody@example.org' }).click();
  await expect(page.getByTestId('invited')).toHaveCount(0);
  await page.locator('.toast').filter({ hasText: 'Took back' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('invited').getByRole('link')).toHaveAttribute('href', link);
  expect((await person.ask('load_household')).invited).toHaveLength(1);
});

test('going out is taken back without JavaScript too', async ({ browser, server, person }) => {
  const ravi = await Person.signUp(server.url, { name: 'Ravi Menon' });
  await letIn(person, ravi, 'viewer');
  const page = await plainPage(browser, server, person);
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Remove Ravi Menon' }).click();
  await expect(page.getByText('They were removed from the book.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('member')).toHaveCount(2);
  await person.call('invite', { email: 'somebody@example.org', role: 'viewer' });
  await page.goto('/settings');
  await page.getByRole('button', { name: /^Take back/ }).click();
  await expect(page.getByText('The invitation was taken back.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('invited')).toHaveCount(1);

  const mina = await Person.signUp(server.url, { name: 'Mina Das' });
  await letIn(person, mina, 'viewer');
  const { people } = await person.ask('load_household');
  const hers = await plainPage(browser, server, mina);
  await hers.goto('/settings');
  await hers.getByRole('button', { name: 'Leave this book' }).click();
  await expect(hers.getByText('You have left the book.')).toBeVisible();
  await hers.getByRole('button', { name: 'Undo' }).click();
  await expect(hers).toHaveURL(/\/dashboard$/);
  expect((await person.ask('load_household')).people).toHaveLength(people.length);
});

/** What the palette of commands offers for this word. */
async function offered(page, typed) {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search commands' }).fill(typed);
  const words = await page.getByRole('option').locator('.palette-words').allTextContents();
  await page.keyboard.press('Escape');
  return words;
}

test('what a role may not do is offered nowhere', async ({ page, browser, server, person }) => {
  await person.save({ payee: 'Corner shop', amount: '12.50' });
  for (const [role, commands, mayAdd] of [['viewer', [], false], ['adder', ['Add record'], true]]) {
    const guest = await Person.signUp(server.url, { name: 'Ravi Menon' });
    await letIn(person, guest, role);
    const context = await browser.newContext({ baseURL: server.url, viewport: page.viewportSize() });
    await context.addCookies(guest.browserCookies());
    const his = await context.newPage();
    await open(his, '/records');
    await expect(his.getByTestId('record')).toHaveCount(1);
    await expect(his.getByRole('button', { name: 'Select', exact: true })).toHaveCount(0);
    await expect(his.getByRole('checkbox', { name: /^Select / })).toHaveCount(0);
    expect(await offered(his, 'add record')).toEqual([...commands, 'Search records for “add record”']);
    await his.keyboard.press('?');
    const keys = his.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(keys.getByText('Search records', { exact: true })).toBeVisible();
    await expect(keys.getByText('Select the row')).toHaveCount(0);
    await expect(keys.getByText('Add record', { exact: true })).toHaveCount(mayAdd ? 1 : 0);
    await his.keyboard.press('Escape');
    await his.keyboard.press('n');
    await expect(his.getByRole('dialog', { name: 'Add record' })).toBeVisible({ visible: mayAdd });
    await open(his, '/dashboard');
    await expect(his.getByTestId('figure-budget-left')).toBeVisible();
    await expect(his.locator('main a[href$="/new"]')).toHaveCount(0);
    await open(his, '/bills');
    await expect(his.getByText('What the people of this book add shows here')).toBeVisible();
    expect(await violations(his)).toEqual([]);
    await context.close();
  }
});

test('a person opens one book or the other', async ({ page, server, person }) => {
  const ravi = await Person.signUp(server.url, { name: 'Ravi Menon' });
  await ravi.call('invite', { email: person.email, role: 'editor' });
  const { invited: [{ link }] } = await ravi.ask('load_household');
  await open(page, pathOf(link));
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL('**/dashboard');
  const isPhone = page.viewportSize().width < 900;
  if (isPhone) await page.getByText('More', { exact: true }).click();
  const books = page.locator('.book-switch:visible');
  await expect(books).toContainText('Ravi Menon');
  if (!isPhone) await books.locator('summary').click();
  await books.getByRole('button', { name: 'Open Asha Rao' }).click();
  await page.waitForURL('**/dashboard');
  await expect.poll(async () => (await person.ask('load_household')).name).toBe('Asha Rao');
});

test('a link that was used says so, without JavaScript too', async ({ browser, server, person }) => {
  await person.call('invite', { email: 'somebody@example.org', role: 'editor' });
  const { invited: [{ link }] } = await person.ask('load_household');
  const page = await plainPage(browser, server);
  await page.goto(pathOf(link));
  await expect(page.getByRole('link', { name: 'Log in' })).toBeVisible();
  const ravi = await Person.signUp(server.url);
  await ravi.call('accept_invitation', { token: new URL(link).searchParams.get('token') });
  await page.goto(pathOf(link));
  await expect(page.getByText('This invitation is no longer good')).toBeVisible();
});
