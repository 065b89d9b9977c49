// Events of Algolia Insights (`POST /1/events`: `eventType`, `objectIDs`, `objectData`), as UBI.
// https://www.algolia.com/doc/rest-api/insights/push-events
import { builtInEvent } from '../../core/event/event-names.js';
import { defined, eventLines, idText, type Json, json, type SentEvent } from './sent-event.js';

export function readAlgoliaEvent(event: Json): SentEvent {
  const { objectIDs, objectData, positions } = event;
  if (!Array.isArray(objectIDs) || objectIDs.length === 0)
    return { errors: [{ path: 'objectIDs', message: 'is required; events on filters name no product' }] };
  const common = defined({
    ...actionOf(event),
    timestamp: event.timestamp,
    // `userToken` may be a device's or a person's; `authenticatedUserToken` is a person's by definition.
    user_id: idText(event.authenticatedUserToken),
    client_id: idText(event.userToken),
    query_id: event.queryID,
    message: event.eventName,
  });
  const paths = {
    action_name: 'eventType',
    user_id: 'authenticatedUserToken',
    client_id: 'userToken',
    query_id: 'queryID',
    message: 'eventName',
  };
  const dataOf = (place: number) => json(Array.isArray(objectData) ? objectData[place] : undefined);
  const lines = objectIDs.map((objectId: unknown, place) => {
    const { quantity, price, queryID } = dataOf(place);
    return defined({
      object_id: objectId,
      quantity,
      price,
      currency: event.currency,
      ordinal: Array.isArray(positions) ? positions[place] : undefined,
      query_id: queryID,
    });
  });
  return eventLines(
    lines.map((line, place) => ({ ...line, path: `objectIDs.${place}` })),
    { common, attributes: {}, paths, list: 'objectIDs' },
  );
}

/** Types are only three, so a subtype says more, and so does a name that stands for an event ("Order Refunded"). */
function actionOf({ eventType, eventSubtype, eventName }: Json): Json {
  const named = typeof eventName === 'string' && builtInEvent(eventName) !== undefined;
  return { action_name: eventSubtype ?? (named ? eventName : eventType) };
}
