// The log of the processes that serve: JSON lines on standard output.
import { type Logger, pino } from 'pino';
import type { Settings } from './settings/settings.js';

export function serveLog({ logLevel }: Pick<Settings, 'logLevel'>): Logger {
  return pino({ level: logLevel, redact: ['*.headers', '*.authorization'] });
}
