/** A domain of the demo organisation. */
export interface DemoDomain {
  name: string;
  title: string;
  description: string;
  owner: string;
}

/** A system within a domain. */
export interface DemoSystem extends DemoDomain {
  domain: string;
}

export const DEMO_DOMAINS: readonly DemoDomain[] = [
  {
    name: 'network',
    title: 'Network',
    description: 'Moves parcels from door to door',
    owner: 'parcel-network',
  },
  {
    name: 'customer',
    title: 'Customer',
    description: 'What senders and recipients see',
    owner: 'customers',
  },
  {
    name: 'money',
    title: 'Money',
    description: 'Charges, invoices, duties',
    owner: 'finance',
  },
  {
    name: 'foundation',
    title: 'Foundation',
    description: 'What all other teams build on',
    owner: 'foundation',
  },
];

export const DEMO_SYSTEMS: readonly DemoSystem[] = [
  {
    name: 'route-planning',
    title: 'Route Planning',
    description: 'Plans the trunk routes of the night',
    domain: 'network',
    owner: 'routing',
  },
  {
    name: 'hub-sorting',
    title: 'Hub Sorting',
    description: 'Scans and sorts parcels in the hubs',
    domain: 'network',
    owner: 'sorting',
  },
  {
    name: 'delivery',
    title: 'Delivery',
    description: 'Brings parcels to their recipients',
    domain: 'network',
    owner: 'couriers',
  },
  {
    name: 'depot-operations',
    title: 'Depot Operations',
    description: 'Runs the yards and the shelves of depots',
    domain: 'network',
    owner: 'depots',
  },
  {
    name: 'parcel-booking',
    title: 'Parcel Booking',
    description: 'Takes orders and prices them',
    domain: 'customer',
    owner: 'booking',
  },
  {
    name: 'parcel-tracking',
    title: 'Parcel Tracking',
    description: 'Tells where a parcel is',
    domain: 'customer',
    owner: 'tracking',
  },
  {
    name: 'card-payments',
    title: 'Card Payments',
    description: 'Takes and returns money',
    domain: 'money',
    owner: 'payments',
  },
  {
    name: 'invoicing',
    title: 'Invoicing',
    description: 'Bills business customers',
    domain: 'money',
    owner: 'billing',
  },
  {
    name: 'border-clearance',
    title: 'Border Clearance',
    description: 'Declares parcels that cross a border',
    domain: 'money',
    owner: 'customs',
  },
  {
    name: 'accounts',
    title: 'Accounts',
    description: 'Who somebody is, and what they may do',
    domain: 'foundation',
    owner: 'identity',
  },
  {
    name: 'data-platform',
    title: 'Data Platform',
    description: 'Collects, forecasts and reports',
    domain: 'foundation',
    owner: 'data',
  },
  {
    name: 'developer-platform',
    title: 'Developer Platform',
    description: 'Builds and releases everything else',
    domain: 'foundation',
    owner: 'developer-experience',
  },
];
