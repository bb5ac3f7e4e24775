import { defineConfig } from '@playwright/test';
import { FULL } from './fixtures/full.mjs';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const http = /\.http\.spec\.mjs$/;

export default defineConfig({
  testDir: 'specs',
  outputDir: 'out/results',
  workers: 2,
  retries: process.env.CI && !FULL ? 2 : 0,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    locale: 'en-IN',
    timezoneId: 'Asia/Kolkata',
    launchOptions: { executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium', args },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'phone', testIgnore: http, use: { viewport: { width: 390, height: 844 }, hasTouch: true } },
    { name: 'desktop', testIgnore: http, use: { viewport: { width: 1280, height: 800 } } },
    { name: 'http', testMatch: http },
  ],
});
