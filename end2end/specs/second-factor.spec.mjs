import { Authenticator, firstStep, turnOn } from '../fixtures/authenticator.mjs';
import { letterFile } from '../fixtures/mailbox.mjs';
import { PASSWORD, Person } from '../fixtures/person.mjs';
import { expect, open, plainPage, test } from '../fixtures/test.mjs';

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/** Types the password on the log-in page. */
async function typePassword(page, person, path = '/login') {
  await page.goto(path);
  await page.getByLabel('Email', { exact: true }).fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await press(page, 'Log in');
}

test('two-step log-in is set up with an app, and asks for its code from then on', async ({ page, server, person }) => {
  await open(page, '/settings');
  await page.getByTestId('second-factor').getByRole('button', { name: 'Set up two-step log-in' }).click();
  await page.waitForURL('**/settings/second-factor');
  await press(page, 'Set up an app');
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  const app = new Authenticator(await page.getByTestId('secret').textContent());
  await page.getByLabel('Code', { exact: true }).fill(app.wrong());
  await press(page, 'Turn on');
  await expect(page.getByLabel('Code', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Code', { exact: true }).fill(app.next());
  await press(page, 'Turn on');

  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const told = await codes.allTextContents();
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  expect((await saved).suggestedFilename()).toBe('expenso-recovery-codes.txt');
  await page.reload();
  expect(await codes.allTextContents(), 'they are not lost by a reload').toEqual(told);
  await press(page, 'I have kept them');
  await expect(codes).toHaveCount(0);
  await expect(page.getByText('10 recovery codes left')).toBeVisible();
  await letterFile(server.data, person.email, /two-step log-in is on/i);

  await page.context().clearCookies();
  await typePassword(page, person, '/login?next=/records');
  await page.waitForURL('**/login/second?next=/records');
  expect((await page.context().cookies()).map(({ name }) => name), 'no session yet').not.toContain('expenso_session');
  await page.getByLabel('Code', { exact: true }).fill(app.wrong());
  await press(page, 'Go on');
  await expect(page.getByText('This is not the code that your app shows now')).toBeVisible();
  await page.getByLabel('Code', { exact: true }).fill(app.next());
  await press(page, 'Go on');
  await page.waitForURL((url) => url.pathname === '/records');
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('expenso_second');
});

test('without JavaScript two-step log-in is set up, used with a recovery code, and turned off', async ({ browser, server }) => {
  const person = await Person.signUp(server.url);
  const page = await plainPage(browser, server, person);
  await page.goto('/settings/second-factor');
  await press(page, 'Set up an app');
  const app = new Authenticator(await page.getByTestId('secret').textContent());
  await page.getByLabel('Code', { exact: true }).fill(app.next());
  await press(page, 'Turn on');
  const [code] = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allTextContents();

  await page.context().clearCookies();
  await typePassword(page, person);
  await expect(page).toHaveURL(/\/login\/second$/);
  await page.getByRole('link', { name: 'Use a recovery code instead' }).click();
  await page.getByLabel('Recovery code', { exact: true }).fill('nonsense');
  await press(page, 'Go on');
  await expect(page.getByLabel('Recovery code', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Recovery code', { exact: true }).fill(code.toLowerCase());
  await press(page, 'Go on');
  await expect(page).toHaveURL(/\/dashboard$/);
  await letterFile(server.data, person.email, /recovery code was used/i);

  await page.goto('/settings/second-factor');
  await expect(page.getByText('9 recovery codes left')).toBeVisible();
  await press(page, 'Turn off');
  await expect(page.getByRole('button', { name: 'Set up an app' })).toBeVisible();
  await page.context().clearCookies();
  await typePassword(page, person);
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('whoever comes to the second step without the first begins again', async ({ page }) => {
  await open(page, '/login/second');
  await expect(page.getByText('Let us begin again')).toBeVisible();
  await page.getByRole('link', { name: 'Back to the first step' }).click();
  await page.waitForURL('**/login');
});

test('another password takes the code too', async ({ page, person }) => {
  const { app } = await turnOn(person);
  await open(page, '/settings');
  await page.getByLabel('Current password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('New password', { exact: true }).fill('quite another set of words');
  await page.getByLabel('Confirm password', { exact: true }).fill('quite another set of words');
  await press(page, 'Change password');
  const code = page.getByRole('form', { name: 'Change password' }).getByLabel('Code', { exact: true });
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await code.fill(app.next());
  await press(page, 'Change password');
  await expect(page).toHaveURL(/\/settings\?saved=1$/);
  const browser = await firstStep({ url: person.url, email: person.email, password: 'quite another set of words' });
  expect((await browser.post('load_book')).status).toBe(401);
});

test('a form that was open when two-step log-in was turned on elsewhere asks for the code', async ({ page, person }) => {
  await open(page, '/settings');
  const form = page.getByRole('form', { name: 'Change password' });
  await expect(form.getByLabel('Code', { exact: true })).toHaveCount(0);
  const { app } = await turnOn(person);
  await form.getByLabel('Current password', { exact: true }).fill(PASSWORD);
  await form.getByLabel('New password', { exact: true }).fill('quite another set of words');
  await form.getByLabel('Confirm password', { exact: true }).fill('quite another set of words');
  await press(page, 'Change password');
  const code = form.getByLabel('Code', { exact: true });
  await expect(code).toBeFocused();
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await code.fill(app.next());
  await press(page, 'Change password');
  await expect(page).toHaveURL(/\/settings\?saved=1$/);
});

test('it is shown once more that it is them, and goes back', async ({ page, person }) => {
  await open(page, '/settings/prove?next=/settings/second-factor');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await press(page, 'Go on');
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await press(page, 'Go on');
  await page.waitForURL((url) => url.pathname === '/settings/second-factor');
});
