// Starts the one browser of a test run: Debian's Chromium, which test files connect to.
import { chromium } from 'playwright-core';
import { installedCommand } from './installed-command.js';

/** @returns {Promise<{ url: string, stop(): Promise<void> }>} rejects with words that say why there is none */
export async function startBrowser() {
  const executablePath = await installedCommand('chromium', 'chromium');
  const server = await chromium.launchServer({
    executablePath,
    host: '127.0.0.1',
    // Small machines and containers have little of it.
    args: ['--disable-dev-shm-usage'],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  return { url: server.wsEndpoint(), stop: () => server.close() };
}
