// Webhooks: added, tried and looked after in the settings.

import { tooWide, violations } from '../fixtures/looks.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

test('an address in a private network is refused beside the field, which keeps it', async ({ page, person }) => {
  expect(person.email).toBeTruthy();
  await open(page, '/settings');
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await page.getByLabel('Address').fill('http://169.254.169.254/latest');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('This address leads into a private network, which is not allowed here')).toBeVisible();
  await expect(page.getByLabel('Address')).toHaveValue('http://169.254.169.254/latest');
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
});

test('a webhook has a secret, a test and a log, and is deleted', async ({ page, person }) => {
  expect(person.email).toBeTruthy();
  await open(page, '/settings/webhooks/new');
  // Public, and nobody answers there from a test.
  await page.getByLabel('Address').fill('http://192.31.196.1:9/hook');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.waitForURL(/\/settings\/webhooks\/[0-9a-f-]{36}$/);
  await expect(page.getByLabel('Signing secret')).toHaveValue(/^whsec_/);
  await expect(page.getByText('Nothing was sent yet')).toBeVisible();
  expect(await tooWide(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Delete webhook' }).click();
  await page.waitForURL('**/settings?saved=1');
  await expect(page.getByRole('link', { name: /192\.31/ })).toHaveCount(0);
});
