// Phones with a notch, round corners and a bar to swipe: what is pressed lies clear of them.

import { settled } from '../fixtures/looks.mjs';
import { openDialog } from '../fixtures/records.mjs';
import { expect, open, test } from '../fixtures/test.mjs';

/** CSS pixels that the device keeps for itself, held upright and lying. */
const HELD = [
  { name: 'upright', size: { width: 390, height: 844 }, insets: { top: 47, right: 0, bottom: 34, left: 0 } },
  { name: 'lying', size: { width: 844, height: 390 }, insets: { top: 0, right: 47, bottom: 21, left: 47 } },
];
const PATHS = ['/dashboard', '/records', '/records/new', '/bills', '/settings'];

async function hold(page, { size, insets }) {
  await page.setViewportSize(size);
  const device = await page.context().newCDPSession(page);
  const most = Object.entries(insets).map(([edge, width]) => [`${edge}Max`, width]);
  await device.send('Emulation.setSafeAreaInsetsOverride', { insets: { ...insets, ...Object.fromEntries(most) } });
}

/** Scrolls the page and all that scrolls in it to its start or end, and names the controls that reach into one of these edges. */
const reaching = (page, insets, end, edges) =>
  page.evaluate(
    ({ insets, end, edges }) => {
      const scrolled = [...document.querySelectorAll('*')].filter((one) => one.scrollHeight > one.clientHeight);
      for (const one of scrolled) one.scrollTo({ top: end ? one.scrollHeight : 0, behavior: 'instant' });
      const into = {
        top: ({ top }) => top < insets.top,
        right: ({ right }) => right > window.innerWidth - insets.right,
        bottom: ({ bottom }) => bottom > window.innerHeight - insets.bottom,
        left: ({ left }) => left < insets.left,
      };
      const controls = document.querySelectorAll('a[href], button, input, select, textarea, summary');
      const seen = [...controls].filter((control) => {
        const { left, top, width, height } = control.getBoundingClientRect();
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        return control.checkVisibility() && width > 1 && height > 1 && there && (control.contains(there) || there.contains(control));
      });
      return seen.flatMap((control) => {
        const box = control.getBoundingClientRect();
        const name = control.getAttribute('aria-label') ?? (control.textContent.trim() || control.outerHTML.slice(0, 80));
        return edges.filter((edge) => into[edge](box)).map((edge) => `${edge}: ${name}`);
      });
    },
    { insets, end, edges },
  );

/** At its start nothing lies under the status bar, at its end nothing under the bar to swipe, and never at the sides. */
async function check(page, insets) {
  await settled(page);
  expect.soft(await reaching(page, insets, false, ['top', 'left', 'right']), 'at the start').toEqual([]);
  expect.soft(await reaching(page, insets, true, ['bottom', 'left', 'right']), 'at the end').toEqual([]);
}

test.skip(({ viewport }) => viewport.width > 400, 'phones are held upright or lying here, whatever the window');

for (const held of HELD) {
  test(`the pages of strangers keep clear of the edges of a phone that is ${held.name}`, async ({ page }) => {
    await hold(page, held);
    for (const path of ['/', '/login', '/signup']) {
      await test.step(path, async () => {
        await open(page, path);
        await check(page, held.insets);
      });
    }
  });

  test(`pages, bars and dialogs keep clear of the edges of a phone that is ${held.name}`, async ({ page, person }) => {
    await person.save({ amount: '90', payee: 'Rice' });
    await hold(page, held);
    for (const path of PATHS) {
      await test.step(path, async () => {
        await open(page, path);
        await check(page, held.insets);
        await expect.soft(page.getByRole('link', { name: 'Skip to content' })).not.toBeInViewport();
      });
    }
    await test.step('the dialog of a record', async () => {
      await openDialog(page);
      await check(page, held.insets);
    });
  });
}
