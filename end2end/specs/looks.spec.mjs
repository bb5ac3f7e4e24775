// Every page in every state, with the longest names and amounts, at five widths, in light and dark.

import { firstStep, turnOn } from '../fixtures/authenticator.mjs';
import { WIDTHS, look } from '../fixtures/looks.mjs';
import { long, longwinded } from '../fixtures/longwinded.mjs';
import { Person, newId } from '../fixtures/person.mjs';
import { ROUTES } from '../fixtures/routes.mjs';
import { expect, open, test, wanted } from '../fixtures/test.mjs';

/** How old a log-in may be, in milliseconds: half of what a code is waited for. */
const LATELY_MS = 300_000;

/** No sort of record, account, …, but an id as good as any. */
const NOBODY = '0199b0a0-0000-7000-8000-000000000000';

// What is done on a page to bring it into a state.
const click = (role, name) => (page) => page.getByRole(role, { name, exact: true }).filter({ visible: true }).first().click();
const unfold = (words) => (page) => page.locator('main summary').filter({ hasText: words }).first().click();
const inTurn = (...deeds) => async (page) => { for (const deed of deeds) await deed(page); };
const press = (key, name) => async (page) => {
  await page.keyboard.press(key);
  await expect(page.getByRole('dialog', { name })).toBeVisible();
};
/** Sends the form of the page as it is, and waits for what is wrong with it. */
const refused = async (page) => {
  const form = page.locator('main form[method=post], dialog[open] form[method=post]').filter({ has: page.locator('.button-primary') }).last();
  await form.locator('.button-primary').click();
  await expect(page.locator('[aria-invalid=true], [data-invalid=true], .field-error:not(:empty), .alert-over').filter({ visible: true }).first()).toBeVisible();
};
const typed = (label, text) => (page) => page.getByLabel(label, { exact: true }).filter({ visible: true }).first().fill(text);
const selecting = async (page) => {
  await click('button', 'Select')(page);
  for (const row of [0, 1]) await page.locator('.row-box input').nth(row).check();
};
const dialogOf = (button) => inTurn(selecting, click('button', button), (page) => expect(page.getByRole('dialog').filter({ visible: true })).toBeVisible());
const removed = async (page, { person }) => {
  await person.save({ payee: long('Gone') });
  await page.reload();
  await page.waitForSelector('html[data-hydrated=true]', { state: 'attached' });
  const row = page.getByRole('row').filter({ hasText: 'Gone' });
  await row.hover();
  await row.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
};
const failing = async (page, { faults }) => {
  const body = JSON.stringify({ Internal: { reference: 'abc23456' } });
  await page.route('**/api/load_report', (route) => route.fulfill({ status: 500, contentType: 'application/json', body }));
  await page.getByRole('link', { name: /^Previous/ }).click();
  await expect(page.getByText('abc23456').first()).toBeVisible();
  wanted(faults, /load_report/);
};

/**
 * The states of each route: where, and what is done there. `who` is looked at by the longwinded person, by a stranger
 * or by somebody who has nothing yet.
 */
const PAGES = {
  '/dashboard': [
    { at: '/dashboard' },
    { at: '/dashboard?span=year&beside=before' },
    { at: '/dashboard', as: 'the form of a record', deed: press('n', 'Add record') },
    { at: '/dashboard', as: 'all keys', deed: press('?', 'Keyboard shortcuts') },
    { at: '/dashboard', as: 'the commands', deed: inTurn(press('Control+k', 'Search commands'), (page) => page.keyboard.type('bu')) },
    { at: '/dashboard', as: 'what has no place in the bar', only: 'phone', deed: (page) => page.locator('.more > summary').click() },
    { at: '/dashboard', who: 'new' },
    { at: '/dashboard', who: 'sampling' },
  ],
  '/records': [
    { at: '/records' },
    { at: '/records', as: 'filters', deed: unfold('Filters') },
    { at: '/records?q=nothing&kind=income', as: 'no matches' },
    { at: '/records', as: 'selecting', deed: selecting },
    ...['Set category', 'Set account', 'Tags', 'Move days'].map((button) => ({ at: '/records', as: button, deed: dialogOf(button) })),
    { at: '/records', as: 'the editor', deed: click('button', 'Edit') },
    { at: '/records', as: 'a toast', deed: removed },
    { at: '/records', who: 'new' },
  ],
  '/records/new': [
    { at: '/records/new' },
    { at: '/records/new', as: 'transfer', deed: (page) => page.getByRole('radio', { name: 'Transfer' }).check() },
    { at: '/records/new', as: 'split', deed: inTurn(typed('Amount', '100'), unfold('Split over several'), typed('Part 1: how much', '40')) },
    { at: '/records/new', as: 'refused', deed: inTurn(typed('Amount', 'much'), refused) },
    { at: (ids) => `/records/new?refund=${ids.expense}`, as: 'refund' },
  ],
  '/records/:id/edit': [...['expense', 'split', 'abroad'].map((which) => ({ at: (ids) => `/records/${ids[which]}/edit` })), { at: `/records/${NOBODY}/edit` }],
  '/bills': [
    { at: '/bills' },
    { at: '/bills', as: 'paying', deed: click('button', 'Mark paid') },
    { at: (ids) => `/bills?month=${ids.due.slice(0, 7)}` },
    { at: '/bills', who: 'new' },
  ],
  '/bills/new': [{ at: '/bills/new' }, { at: '/bills/new', as: 'refused', deed: refused }],
  '/bills/settled': [{ at: '/bills/settled' }],
  '/bills/:id': [{ at: (ids) => `/bills/${ids.bill}` }, { at: `/bills/${NOBODY}` }],
  '/bills/:id/edit': [{ at: (ids) => `/bills/${ids.bill}/edit` }],
  '/bills/:id/pay': [{ at: (ids) => `/bills/${ids.bill}/pay` }],
  '/bills/:id/due/:due': [{ at: (ids) => `/bills/${ids.bill}/due/${ids.due}` }],
  '/budgets': [{ at: '/budgets' }, { at: '/budgets', who: 'new' }],
  '/budgets/new': [{ at: '/budgets/new' }, { at: '/budgets/new', as: 'refused', deed: refused }],
  '/budgets/envelopes': [
    { at: '/budgets/envelopes' },
    { at: '/budgets/envelopes', as: 'moving money', deed: unfold('Move money') },
    { at: '/budgets/envelopes', who: 'new' },
  ],
  '/budgets/:id': [{ at: (ids) => `/budgets/${ids.budget}` }],
  '/budgets/:id/edit': [{ at: (ids) => `/budgets/${ids.budget}/edit` }],
  '/categories': [{ at: '/categories' }, { at: '/categories?order=on' }],
  '/categories/new': [{ at: '/categories/new' }, { at: '/categories/new', as: 'refused', deed: refused }],
  '/categories/:id/edit': [{ at: (ids) => `/categories/${ids.below}/edit` }],
  '/categories/:id/merge': [{ at: (ids) => `/categories/${ids.category}/merge` }, { at: (ids) => `/categories/${ids.category}/merge`, as: 'refused', deed: refused }],
  '/accounts': [{ at: '/accounts' }, { at: '/accounts?order=on' }],
  '/accounts/new': [{ at: '/accounts/new' }, { at: '/accounts/new', as: 'refused', deed: refused }],
  '/accounts/:id': [{ at: (ids) => `/accounts/${ids.account}` }],
  '/accounts/:id/edit': [{ at: (ids) => `/accounts/${ids.account}/edit` }],
  '/reports': [
    { at: '/reports' },
    { at: '/reports?span=year&beside=before' },
    { at: '/reports?from=2026-01-05&to=2026-03-09', as: 'days of one’s own' },
    { at: '/reports', as: 'a failure', deed: failing },
    { at: '/reports', who: 'new' },
  ],
  '/settings': [
    { at: '/settings' },
    { at: '/settings', as: 'a new token', deed: inTurn(typed('What is it for?', long('Shortcut')), click('button', 'Create token'), (page) => expect(page.getByTestId('token')).toBeVisible()) },
    { at: '/settings', as: 'refused', deed: inTurn(typed('New password', 'short'), click('button', 'Change password'), (page) => expect(page.locator('[aria-invalid=true]').first()).toBeVisible()) },
  ],
  '/settings/email': [{ at: '/settings/email?token=none' }, { at: '/settings/email?token=none', as: 'refused', deed: refused }],
  '/settings/leave': [{ at: '/settings/leave' }, { at: '/settings/leave', as: 'refused', deed: inTurn(click('button', 'Delete my account'), (page) => expect(page.locator('[aria-invalid=true]').first()).toBeVisible()) }],
  '/settings/prove': [{ at: '/settings/prove', who: 'twofold' }, { at: '/settings/prove', as: 'refused', deed: refused }],
  '/settings/second-factor': [
    { at: '/settings/second-factor' },
    { at: '/settings/second-factor', who: 'setting up' },
    { at: '/settings/second-factor', who: 'setting up', as: 'refused', deed: refused },
    { at: '/settings/second-factor', who: 'twofold' },
  ],
  '/settings/webhooks/new': [{ at: '/settings/webhooks/new' }, { at: '/settings/webhooks/new', as: 'refused', deed: refused }],
  '/settings/webhooks/:id': [{ at: (ids) => `/settings/webhooks/${ids.hook}` }, { at: `/settings/webhooks/${NOBODY}` }],
  '/admin': [{ at: '/admin', who: 'admin' }, { at: '/admin' }],
  '/admin/users': [{ at: '/admin/users', who: 'admin' }, { at: '/admin/users?q=nobody-has-this', who: 'admin' }],
  '/admin/users/:id': [
    { at: (ids) => `/admin/users/${ids.user}`, who: 'admin', as: 'all unfolded', deed: async (page) => { for (const fold of await page.locator('.fold > summary').all()) await fold.click(); } },
    { at: (ids) => `/admin/users/${ids.user}`, who: 'admin', as: 'refused', deed: inTurn((page) => page.getByText('Suspend the account').first().click(), click('button', 'Suspend the account'), (page) => expect(page.locator('[aria-invalid=true]').first()).toBeVisible()) },
    { at: `/admin/users/${NOBODY}`, who: 'admin' },
  ],
  '/admin/requests': [{ at: '/admin/requests', who: 'admin' }],
  '/admin/requests/:id': [{ at: (ids) => `/admin/requests/${ids.request}`, who: 'admin' }, { at: (ids) => `/admin/requests/${ids.request}`, who: 'admin', as: 'refused', deed: refused }],
  '/admin/broadcast': [{ at: '/admin/broadcast', who: 'admin' }],
  '/admin/broadcast/:id': [{ at: (ids) => `/admin/broadcast/${ids.broadcast}`, who: 'admin' }],
  '/admin/audit': [{ at: '/admin/audit', who: 'admin' }],
  '/settings/help': [{ at: '/settings/help' }, { at: '/settings/help', as: 'refused', deed: refused }, { at: '/settings/help', who: 'new' }],
  '/invitation': [
    { at: (ids) => ids.invitation, who: 'new' },
    { at: (ids) => ids.invitation, who: 'nobody' },
    { at: '/invitation?token=none', who: 'nobody' },
  ],
  '/confirm': [{ at: '/confirm' }, { at: '/confirm?token=none', who: 'nobody' }],
  '/logout': [{ at: '/logout' }],
  '/': [{ at: '/', who: 'nobody' }],
  '/terms': [{ at: '/terms', who: 'nobody' }],
  '/signup': [
    { at: '/signup', who: 'nobody' },
    { at: '/signup', who: 'nobody', as: 'refused', deed: refused },
    { at: '/signup?sent=1', who: 'nobody' },
    { at: '/signup?token=none', who: 'nobody' },
    { at: '/signup?token=none', who: 'nobody', as: 'refused', deed: refused },
  ],
  '/login': [
    { at: '/login', who: 'nobody' },
    { at: '/login', who: 'nobody', as: 'refused', deed: inTurn(typed('Email', 'nobody@example.org'), typed('Password', 'no password of anybody'), refused) },
  ],
  '/login/help': [{ at: '/login/help', who: 'nobody' }],
  // With providers by their own spec.
  '/signup/with': [{ at: '/signup/with', who: 'nobody' }],
  '/login/with/:provider': [{ at: '/login/with/nobody', who: 'nobody' }],
  '/login/with/:provider/callback': [{ at: '/login/with/nobody/callback', who: 'nobody' }],
  '/login/second': [
    { at: '/login/second', who: 'nobody' },
    { at: '/login/second', who: 'waiting' },
    { at: '/login/second', who: 'waiting', as: 'refused', deed: inTurn(typed('Code', '12'), refused) },
    { at: '/login/second?with=recovery', who: 'waiting' },
  ],
  '/forgot': [{ at: '/forgot', who: 'nobody' }, { at: '/forgot', who: 'nobody', as: 'refused', deed: refused }],
  '/reset': [{ at: '/reset?token=none', who: 'nobody' }],
  // Of development only, and looked at by its own spec.
  '/styleguide': [],
  // What is on no route at all.
  nowhere: [{ at: '/nowhere', who: 'nobody' }, { at: '/nowhere' }],
};

test('every page of the program is looked at', () => {
  expect(ROUTES.length).toBeGreaterThan(30);
  expect(Object.keys(PAGES).filter((route) => route !== 'nowhere').toSorted()).toEqual(ROUTES.toSorted());
});

test.describe('whoever looks', () => {
  let all;
  test.beforeAll(async ({ server }) => {
    const admin = await Person.signUp(server.url);
    await server.command('admin', 'grant', admin.email);
    const [{ person, ids }, fresh, sampling, setting, twofold] = await Promise.all([longwinded(server.url), ...[1, 2, 3, 4].map(() => Person.signUp(server.url))]);
    await sampling.call('begin_samples');
    await setting.call('begin_second_factor');
    await turnOn(twofold);
    const { people } = await person.ask('load_household');
    ids.user = people.find((one) => one.is_me).user;
    ids.request = newId();
    await person.call('ask_for_help', { id: ids.request, text: `${long('Question')}\n${long('Second line')}` });
    ids.broadcast = await admin.call('save_broadcast', { id: newId(), subject: long('Subject'), text: long('Words') });
    all = { ids, longwinded: person, new: fresh, sampling, admin, 'setting up': setting, twofold };
  });

  /** Who looks, logged in lately: neither a half log-in nor a fresh proof lasts as long as all pages take. */
  const lately = new Map();
  const visitor = async (who) => {
    if (who === 'nobody') return null;
    if (who === 'twofold') return all.twofold;
    const known = lately.get(who);
    if (known && Date.now() - known.at < LATELY_MS) return known.person;
    const person = await (who === 'waiting' ? firstStep(all.twofold) : Person.logIn(all[who].url, all[who]));
    lately.set(who, { person, at: Date.now() });
    return person;
  };

  for (const [route, states] of Object.entries(PAGES).filter(([, states]) => states.length > 0)) {
    test(`${route} holds at every width`, async ({ page, context, faults }, { project }) => {
      test.setTimeout(60_000 + states.length * 30_000);
      const size = page.viewportSize();
      for (const { at, as = 'as it is', who = 'longwinded', only = project.name, deed } of states) {
        if (only !== project.name) continue;
        const person = await visitor(who);
        await context.clearCookies();
        if (person) await context.addCookies(person.browserCookies());
        await page.setViewportSize(size);
        await page.unrouteAll();
        const path = typeof at === 'string' ? at : at(all.ids);
        await test.step(`${path}, ${as}, ${who}`, async () => {
          await open(page, path);
          await deed?.(page, { person, faults });
          await look(page, WIDTHS[project.name], `${path}, ${as}, ${who}`);
        });
      }
    });
  }
});
