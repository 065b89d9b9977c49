// An entry of the audit log as a sentence without its subject: `edited the model Autumn sale`.
import type { AuditEntry } from '../../../contract/audit.js';

import { scheduleWords } from './schedule-words.js';

type Told = Pick<AuditEntry, 'action' | 'resource' | 'detail' | 'changes'>;

const WORSE = ', though it was judged worse';

/** @param names of the models that there are, by id; one that is gone goes by its id */
export function auditWords(entry: Told, names: ReadonlyMap<string, string>): string {
  const { action, resource, detail } = entry;
  const [kind = '', ...rest] = resource.split('/');
  const subject = rest.join('/');
  if (kind === 'models') return modelWords(entry, names.get(subject) ?? subject);
  if (kind === 'settings' && action === 'update') return settingsWords(entry, subject);
  if (kind === 'users' && action === 'erase') return `erased a shopper (known here as ${subject}): ${detail}`;
  if (kind === 'users' && action === 'export') return `exported a shopper (known here as ${subject})`;
  if (action === 'alert firing') return `an alert began: ${detail}`;
  if (action === 'alert resolved') return `an alert ended: ${detail}`;
  if (resource === 'alerts/webhook') return `tried the webhook of alerts: ${detail}`;
  return `${plain(action)} ${resource}${after(detail)}`;
}

function modelWords({ action, detail }: Told, name: string): string {
  const version = detail.replace(/, forced$/, '');
  const worse = version === detail ? '' : WORSE;
  switch (action) {
    case 'create':
      return `made the model ${name}`;
    case 'update':
      return `edited the model ${name}`;
    case 'delete':
      return `deleted the model ${name}`;
    case 'save':
      return `saved ${version} of ${name}`;
    case 'activate':
      return `made ${version} of ${name} live${worse}`;
    case 'rollback':
      return `switched ${name} to ${version}${worse}`;
    case 'schedule':
      return `set when ${name} is trained${after(detail.replace(/^.*(?= \()/, scheduleWords))}`;
    case 'unschedule':
      return `stopped training ${name} by the clock`;
    case 'training start':
      return `started a training of ${name}`;
    case 'training cancel':
      return `cancelled the training of ${name}`;
    case 'training completed':
      return `trained ${name}${after(detail)}`;
  }
  const outcome = /^(scheduled )?training (.+)$/.exec(action);
  if (outcome) return `${outcome[1] ?? ''}training of ${name} ${plain(outcome[2] ?? '')}${after(detail)}`;
  return `${plain(action)} ${name}${after(detail)}`;
}

/** The detail says how personalization stands, also where something else was changed. */
function settingsWords({ detail, changes }: Told, catalog: string): string {
  const switched = changes?.some(({ path }) => path === 'personalization.enabled');
  const others = (changes ?? []).length > (switched ? 1 : 0);
  const of = catalog === '' ? '' : ` in ${catalog}`;
  if (!switched) return `edited the settings${of}`;
  return `turned ${detail}${others ? ' and edited the settings' : ''}${of}`;
}

function after(detail: string): string {
  return detail === '' ? '' : `: ${detail}`;
}

function plain(action: string): string {
  return action.replaceAll('-', ' ');
}
