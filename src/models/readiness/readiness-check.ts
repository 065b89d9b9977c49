// One finding of readiness.

/** Not `ok` keeps a training from succeeding; a warning does not, but part of the model will do nothing. */
export interface ReadinessCheck {
  readonly name:
    | 'catalog'
    | 'model'
    | 'events'
    | 'event'
    | 'people'
    | 'products'
    | 'time'
    | 'field'
    | 'group';
  /** the setting of the model it speaks of, e.g. `eventWeights.2`; null where it is of the data alone */
  readonly path: string | null;
  readonly ok: boolean;
  readonly warning: boolean;
  /** what was found, or what is missing and what to do */
  readonly message: string;
  /** products, events, people or values found; null where nothing is counted */
  readonly count: number | null;
}
