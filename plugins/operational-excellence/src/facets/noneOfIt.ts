import type { Offer } from './Offer';

/** Stands among the values of a facet for that a service has none of them. */
export const NONE_OF_IT = '';

/** The offer with that a service has none of it, where that has a title. */
export function withNone(offer: Offer, title: string | undefined): Offer {
  return title === undefined
    ? offer
    : { ...offer, choices: [{ value: NONE_OF_IT, title }, ...offer.choices] };
}
