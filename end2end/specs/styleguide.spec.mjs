// The kit, photographed. Release builds have no style guide, so these run on a development build:
//
//   EXPENSO_TEST_BIN=… EXPENSO_TEST_SITE=… npx playwright test styleguide          compares with the pictures kept
//   … npx playwright test styleguide --update-snapshots                            takes them anew

import { cutOff, settled, tooWide, violations } from '../fixtures/looks.mjs';
import { expect, hydrated, test } from '../fixtures/test.mjs';

const PARTS = ['tokens', 'buttons', 'fields', 'figures', 'charts', 'calendars', 'words', 'waiting'];

/** The parts whose looks change when they are pointed at or have the focus, and when somebody asks for more contrast. */
const PRESSED = ['buttons', 'fields'];
const CONTRASTED = ['tokens', 'buttons', 'fields', 'figures', 'calendars', 'words'];

/** Letters are smoothed a little differently on each machine. */
const TOLERANCE = { maxDiffPixelRatio: 0.01, animations: 'disabled', caret: 'hide' };

/** Opens the style guide, or skips the test where there is none. */
async function guide(page, colorScheme) {
  // A development build of the page is large.
  test.slow();
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const answer = await page.goto('/styleguide');
  test.skip(answer.status() === 404, 'this build has no style guide: it is part of development builds only');
  await hydrated(page);
  await page.locator('#guide-bars svg path').first().waitFor({ state: 'attached' });
  await settled(page);
}

for (const colours of ['light', 'dark']) {
  test(`the kit looks as it did, ${colours}`, async ({ page }) => {
    await guide(page, colours);
    for (const part of PARTS) {
      await expect.soft(page.getByTestId(`guide-${part}`)).toHaveScreenshot(`${part}-${colours}.png`, TOLERANCE);
    }
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByText('Enter an amount such as 12.50').first()).toBeVisible();
    await settled(page);
    await expect.soft(page.getByTestId('guide-fields')).toHaveScreenshot(`fields-refused-${colours}.png`, TOLERANCE);
  });

  for (const state of ['hover', 'focus-visible', 'active']) {
    test(`whatever is in the state ${state} looks as it did, ${colours}`, async ({ page, context }) => {
      await guide(page, colours);
      const browser = await context.newCDPSession(page);
      await browser.send('DOM.enable');
      await browser.send('CSS.enable');
      const { root } = await browser.send('DOM.getDocument', { depth: 0 });
      const { nodeIds } = await browser.send('DOM.querySelectorAll', {
        nodeId: root.nodeId,
        selector: PRESSED.map((part) => `[data-testid=guide-${part}] :is(a, button, input, select, textarea, summary, label)`).join(),
      });
      const forcedPseudoClasses = state === 'focus-visible' ? ['focus', 'focus-visible'] : [state];
      for (const nodeId of nodeIds) await browser.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses });
      await settled(page);
      for (const part of PRESSED) {
        await expect.soft(page.getByTestId(`guide-${part}`)).toHaveScreenshot(`${part}-${state}-${colours}.png`, TOLERANCE);
      }
    });
  }

  test(`the kit with more contrast looks as it did, ${colours}`, async ({ page }) => {
    await page.emulateMedia({ contrast: 'more' });
    await guide(page, colours);
    for (const part of CONTRASTED) {
      await expect.soft(page.getByTestId(`guide-${part}`)).toHaveScreenshot(`${part}-contrast-${colours}.png`, TOLERANCE);
    }
  });

  test(`the kit in the colours of the system looks as it did, ${colours}`, async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await guide(page, colours);
    for (const part of CONTRASTED) {
      await expect.soft(page.getByTestId(`guide-${part}`)).toHaveScreenshot(`${part}-forced-${colours}.png`, TOLERANCE);
    }
  });

  test(`what opens looks as it did, ${colours}`, async ({ page }) => {
    await guide(page, colours);
    const shot = async (name, place) => {
      await settled(page);
      await expect.soft(place).toHaveScreenshot(`${name}-${colours}.png`, TOLERANCE);
      expect.soft(await violations(page), name).toEqual([]);
    };
    const press = (name) => page.getByRole('button', { name, exact: true }).click();
    const dialog = page.locator('dialog[open]');
    for (const [name, button] of [['dialog', 'Open a dialog'], ['beside', 'Open beside the page']]) {
      await press(button);
      await shot(name, dialog);
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    }
    await page.getByRole('combobox', { name: 'With suggestions' }).focus();
    await page.keyboard.type('Co');
    await shot('suggestions', page.getByRole('listbox'));
    await page.keyboard.press('Escape');
    for (const toast of ['Toast with undo', 'Warning toast', 'Failed toast']) await press(toast);
    await shot('toasts', page.locator('.toasts'));
    await press('Wait for long');
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
    await shot('stopping', page.locator('.wait-stop'));
    await press('Cancel');
    await expect(page.locator('.wait-stop')).toHaveCount(0);
  });

  test(`the kit is accessible, ${colours}`, async ({ page }) => {
    await guide(page, colours);
    expect.soft(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Check' }).click();
    await settled(page);
    expect.soft(await violations(page), 'with every field refused').toEqual([]);
  });
}

test('the kit fits every width', async ({ page }) => {
  await guide(page, 'light');
  const { height } = page.viewportSize();
  for (const width of [320, 390, 768, 1280, 1920]) {
    await page.setViewportSize({ width, height });
    await settled(page);
    expect.soft(await tooWide(page), `too wide at ${width} px`).toBe(0);
    expect.soft(await cutOff(page), `at ${width} px`).toEqual([]);
  }
});
