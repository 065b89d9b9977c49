// Events of Segment (`track`, with the ecommerce spec v2: `properties.products`), as UBI.
// https://segment.com/docs/connections/spec/ecommerce/v2
import { canonicalEventName } from '../../core/event/event-names.js';
import {
  defined,
  eventLines,
  idText,
  type Json,
  json,
  OBJECT_ID_PATH,
  type SentEvent,
} from './sent-event.js';

export function readSegmentEvent(event: Json): SentEvent {
  if (event.type !== undefined && event.type !== 'track')
    return {
      errors: [{ path: 'type', message: 'must be "track"; tell of log-ins at POST /_kindred/identify' }],
    };
  const properties = json(event.properties);
  const context = json(event.context);
  const common = defined({
    event_id: event.messageId,
    action_name: event.event,
    timestamp: event.timestamp ?? event.originalTimestamp ?? event.sentAt,
    user_id: idText(event.userId),
    client_id: idText(event.anonymousId),
    session_id: idText(properties.session_id ?? context.sessionId ?? context.session_id),
    user_query: properties.query,
  });
  const attributes = defined({ transaction_id: properties.order_id });
  const paths = {
    event_id: 'messageId',
    action_name: 'event',
    user_id: 'userId',
    client_id: 'anonymousId',
    user_query: 'properties.query',
    [OBJECT_ID_PATH]: 'properties.products',
  };
  const { products } = properties;
  const lineOf = (product: Json, path: string) => {
    const { quantity, price, currency = properties.currency, position } = product;
    return { object_id: productId(product), quantity, price, currency, ordinal: position, path };
  };
  if (canonicalEventName(String(event.event)) !== 'search') {
    if (Array.isArray(products) && products.length > 0) {
      const lines = products.map((product: unknown, place) =>
        lineOf(json(product), `properties.products.${place}.product_id`),
      );
      return eventLines(lines, { common, attributes, paths, list: 'properties.products' });
    }
    if (productId(properties) !== undefined)
      return eventLines([lineOf(properties, 'properties.product_id')], {
        common,
        attributes,
        paths,
        list: '',
      });
  }
  return { lines: [{ event: { ...common, event_attributes: attributes }, paths }] };
}

function productId({ product_id, productId, sku, id }: Json): unknown {
  return product_id ?? productId ?? sku ?? id;
}
