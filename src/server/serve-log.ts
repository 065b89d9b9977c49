// The log of `kindred serve` in each of its processes: JSON lines on standard output.
import { type Logger, pino } from 'pino';
import type { Settings } from './settings/settings.js';

export function serveLog({ logLevel }: Pick<Settings, 'logLevel'>): Logger {
  return pino({ level: logLevel, redact: ['*.headers', '*.authorization'] });
}
