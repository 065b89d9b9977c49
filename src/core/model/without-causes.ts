// A model with some causes of its boosts switched off, to see what they do: fields, single products, profiles.
import type { FieldWeight, Model } from './model.js';

export type SwitchedOff =
  | { readonly field: string }
  | { readonly product: 'buy_again' | 'related' }
  | { readonly profile: 'individual' | 'session' | 'group' };

/** As if the weight, the strength or the switch of each were 0 or off; weights then total less than 100. */
export function withoutCauses(model: Model, causes: readonly SwitchedOff[]): Model {
  const fields = causes.flatMap((cause) => ('field' in cause ? cause.field : []));
  const products = causes.flatMap((cause) => ('product' in cause ? cause.product : []));
  const profiles = causes.flatMap((cause) => ('profile' in cause ? cause.profile : []));
  const weigh = (list: readonly FieldWeight[]) =>
    list.map(({ field, weight }) => ({ field, weight: fields.includes(field) ? 0 : weight }));
  const { buyAgain, related } = model.products;
  return {
    ...model,
    globalAffinityFields: weigh(model.globalAffinityFields),
    categoryOverrides: model.categoryOverrides.map((each) => ({ ...each, fields: weigh(each.fields) })),
    products: {
      buyAgain: products.includes('buy_again') ? 0 : buyAgain,
      related: products.includes('related') ? 0 : related,
    },
    profiles: {
      ...model.profiles,
      individual: model.profiles.individual && !profiles.includes('individual'),
      inSession: model.profiles.inSession && !profiles.includes('session'),
      group: model.profiles.group && !profiles.includes('group'),
    },
  };
}
