// Scripts in every text that people type: shown as text on every page, and run on none.

import { Person, dayAfter, newId } from '../fixtures/person.mjs';
import { openDialog } from '../fixtures/records.mjs';
import { Server } from '../fixtures/server.mjs';
import { expect, open, test as base } from '../fixtures/test.mjs';

/** Well-known strings, one for each way that a page could take a text for more than a text. */
const STRINGS = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '"><script>alert(3)</script>',
  "'><script>alert(4)</script>",
  '<ScRiPt >alert(5)</sCrIpT>',
  '<<script>alert(6)//<</script>',
  '<script src=//x.invalid/a.js></script>',
  '<script/src=data:,alert(8)></script>',
  '</title><script>alert(9)</script>',
  '</textarea><script>alert(10)</script>',
  '</style><script>alert(11)</script>',
  '--><script>alert(12)</script>',
  ']]><script>alert(13)</script>',
  '<img src=x onerror=alert(14)>',
  '<img src=x onerror="hurt()">',
  '"><img src=x onerror=alert(16)>',
  '<img/src=x/onerror=alert(17)>',
  '<IMG """><SCRIPT>alert(18)</SCRIPT>">',
  '<svg onload=alert(19)>',
  '<svg/onload=alert(20)//',
  '<svg><script>alert(21)</script></svg>',
  '<svg><animate onbegin=alert(22) attributeName=x>',
  '<math><mi xlink:href="javascript:alert(23)">',
  '<body onload=alert(24)>',
  '<iframe src="javascript:alert(25)">',
  '<iframe srcdoc="<script>alert(26)</script>">',
  '<object data="javascript:alert(27)">',
  '<embed src="javascript:alert(28)">',
  '<a href="javascript:alert(29)">x</a>',
  'javascript:alert(30)',
  'data:text/html,<script>alert(31)</script>',
  '" onmouseover="alert(32)',
  "' onmouseover='alert(33)",
  '" autofocus onfocus="alert(34)',
  '` onfocus=alert(35) autofocus `',
  '<details open ontoggle=alert(36)>',
  '<video><source onerror=alert(37)></video>',
  '<input autofocus onfocus=alert(38)>',
  '<form action="javascript:alert(39)"><button>x',
  '<meta http-equiv=refresh content="0;url=//x.invalid">',
  '<base href="//x.invalid/">',
  '<link rel=stylesheet href=//x.invalid/a.css>',
  '<style>@import "//x.invalid/a.css";</style>',
  '<div style="background:url(//x.invalid/a)">',
  '<template><script>alert(45)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(46)>">',
  '&lt;script&gt;alert(47)&lt;/script&gt;',
  '&#60;script&#62;alert(48)&#60;/script&#62;',
  '%3Cscript%3Ealert(49)%3C/script%3E',
  '\\u003cscript\\u003ealert(50)\\u003c/script\\u003e',
  '${alert(51)}{{alert(51)}}#{alert(51)}',
  "';alert(52)//\\';alert(52)//",
  '"-alert(53)-"',
  '<!--[if gte IE 4]><script>alert(54)</script><![endif]-->',
  '<!--hydration--><!>',
];

/** What a string would have left in the page if it were markup. */
const MARKUP = [
  'img[src=x]', 'iframe', 'object', 'embed', 'base', 'math', 'details[ontoggle]', 'script[src*="x.invalid"]', 'link[href*="x.invalid"]',
  '[onerror]', '[onload]', '[onfocus]', '[onmouseover]', '[onbegin]', 'a[href^="javascript:" i]', 'form[action^="javascript:" i]',
].join(', ');

/** A server of its own: its people bear such names. */
const test = base.extend({
  server: [
    async ({}, use) => {
      const server = await Server.prepare();
      // Browsers know passkeys of names only, and of this one without TLS.
      server.env.EXPENSO_BASE_URL = `http://localhost:${server.port}`;
      await server.run();
      server.url = server.env.EXPENSO_BASE_URL;
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

/** Puts every string into a thing of each kind; answers the ids of some of them. */
async function fill(person) {
  const ids = {};
  const accounts = (await person.book()).accounts;
  person.account = accounts[0].id;
  for (const [at, text] of STRINGS.entries()) {
    const [category, account, record, bill, budget] = Array.from({ length: 5 }, newId);
    const name = text.slice(0, 80);
    await person.call('save_category', { id: category, name, kind: 'expense', icon: '' });
    await person.call('save_account', { id: account, name, kind: 'bank', opening: '' });
    await Promise.all([
      person.save({ id: record, amount: String(at + 1), category, account, payee: text, note: at === STRINGS.length - 1 ? STRINGS.join('\n').slice(0, 2000) : text, tags: text.slice(0, 40).replaceAll(',', ' ') }),
      person.call('save_bill', { id: bill, name, amount: '5', due: dayAfter(at % 28), repeats: 'monthly', category, account, remind: '' }),
      person.call('save_budget', { id: budget, name, amount: '1', period: 'month', roll_over: '', counts: 'categories', categories: [category] }),
    ]);
    Object.assign(ids, { category, account, record, bill, budget });
  }
  for (const text of STRINGS.slice(0, 18)) await person.call('create_token', { purpose: text, scope: 'read', days: '30' });
  for (const text of STRINGS.filter((text) => !/\s/.test(text)).slice(0, 9)) {
    ids.hook = await person.call('add_hook', { url: `http://192.31.196.1:9/${text}`, bill_due: 'on' });
  }
  await person.call('rename_book', { name: STRINGS[2] });
  ids.request = newId();
  await person.call('ask_for_help', { id: ids.request, text: STRINGS.join('\n') });
  return ids;
}

test('scripts in any text run on no page', async ({ page, context, server, person, faults }) => {
  test.setTimeout(180_000);
  const admin = await Person.signUp(server.url, { name: STRINGS[15] });
  await server.command('admin', 'grant', admin.email);
  await page.addInitScript(() => {
    window.hurt = () => console.error('a string has run');
    addEventListener('securitypolicyviolation', (event) => console.error(`against the policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  page.on('dialog', async (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  /** Opens the page and looks that nothing of the strings became a part of it. */
  const visit = async (path) => {
    await open(page, path);
    expect(await page.locator(MARKUP).count(), path).toBe(0);
    return page.locator('body').evaluate((body) => body.textContent);
  };

  const profile = { name: STRINGS[13], phone: '', country: 'IN', locale: 'en-IN', time_zone: 'Asia/Kolkata', theme: 'auto' };
  await person.call('save_profile', profile);
  const ids = await fill(person);
  const { people } = await person.ask('load_household');
  const broadcast = await admin.call('save_broadcast', { id: newId(), subject: STRINGS[8], text: STRINGS.join('\n') });
  await admin.call('answer_request', { id: ids.request, text: STRINGS.join('\n') });

  // A passkey with such a name.
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const kind = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  await session.send('WebAuthn.addVirtualAuthenticator', { options: kind });
  await open(page, '/settings');
  await page.getByRole('button', { name: 'Add a passkey', exact: true }).click();
  await expect(page.getByTestId('passkeys').getByRole('listitem')).toHaveCount(1);
  const [passkey] = await person.ask('list_passkeys');
  await person.call('rename_passkey', { id: passkey.id, name: STRINGS[31] });

  const records = await visit('/records');
  for (const text of STRINGS.slice(-20)) expect(records).toContain(text);
  const categories = await visit('/categories');
  for (const text of STRINGS) expect(categories).toContain(text);
  const settings = await visit('/settings');
  for (const text of [STRINGS[0], STRINGS[13], STRINGS[31]]) expect(settings).toContain(text);
  await open(page, `/records/${ids.record}/edit`);
  expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe(STRINGS.join('\n').slice(0, 2000).trim());
  const { record, bill, budget, category, account, hook } = ids;
  for (const path of [
    '/dashboard', '/bills', '/budgets', '/accounts', '/reports', '/reports?span=year&beside=before', '/records/new', '/bills/new', '/budgets/new', '/budgets/envelopes',
    `/records/${record}/edit`, `/bills/${bill}`, `/bills/${bill}/edit`, `/budgets/${budget}`, `/budgets/${budget}/edit`, `/categories/${category}/edit`,
    `/categories/${category}/merge`, `/accounts/${account}`, `/accounts/${account}/edit`, `/settings/webhooks/${hook}`, '/settings/help',
  ]) await visit(path);

  // What comes by the address.
  for (const text of [STRINGS[2], STRINGS[15], STRINGS[29], STRINGS[33]]) {
    const typed = encodeURIComponent(text);
    await visit(`/records?q=${typed}&tag=${typed}&kind=${typed}&from=${typed}`);
  }
  for (const path of ['/reset?token=', '/confirm?token=', '/invitation?token=', '/reports?span=', '/nowhere/']) await visit(path + encodeURIComponent(STRINGS[15]));

  // What is shown only once one points at it or types.
  await open(page, '/dashboard');
  const chart = page.getByTestId('chart-by-category');
  await chart.scrollIntoViewIfNeeded();
  await expect(chart.locator('svg path, canvas').first()).toBeAttached();
  const { x, y, width, height } = await chart.boundingBox();
  for (let step = 1; step < 20; step += 1) await page.mouse.move(x + (width * step) / 20, y + height / 2);
  await open(page, '/records');
  const dialog = await openDialog(page);
  await dialog.getByLabel('Payee', { exact: true }).pressSequentially('<s');
  await expect(dialog.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').first()).toContainText(/<s/i);
  expect(await page.locator(MARKUP).count()).toBe(0);

  // In the source of a page, a script ends where we end it, whatever stands in the data that it carries.
  const source = await (await person.fetch('/records')).text();
  expect(source).not.toMatch(/<script(?![^>]* nonce=)[^>]*>/i);
  expect(source).not.toMatch(/<\/script>\s*<script>/i);

  // What staff see of it.
  await context.clearCookies();
  await context.addCookies(admin.browserCookies());
  for (const path of ['/admin', '/admin/users?q=p', `/admin/users/${people[0].user}`, '/admin/requests', `/admin/requests/${ids.request}`, `/admin/broadcast/${broadcast}`, '/admin/audit']) {
    await visit(path);
  }
  await context.clearCookies();
  for (const text of [STRINGS[2], STRINGS[29]]) await visit(`/login?next=${encodeURIComponent(text)}`);
});
