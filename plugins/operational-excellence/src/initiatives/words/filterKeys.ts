import {
  serviceFacetSchema,
  type ServiceFacet,
} from 'backstage-plugin-operational-excellence-common';

/** The properties of services that choose those an initiative is for. */
export const FILTER_KEYS = serviceFacetSchema.options;

export type FilterKey = ServiceFacet;
