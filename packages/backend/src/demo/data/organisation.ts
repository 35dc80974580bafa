/** A group of the demo organisation. */
export interface DemoGroup {
  name: string;
  title: string;
  type: 'company' | 'division' | 'department' | 'team';
  parent?: string;
}

/** Somebody who works there. */
export interface DemoUser {
  name: string;
  displayName: string;
  team: string;
}

/** A parcel carrier that does not exist. Teams are up to four levels deep. */
export const DEMO_GROUPS: readonly DemoGroup[] = [
  { name: 'larkfield', title: 'Larkfield Parcels', type: 'company' },

  {
    name: 'parcel-network',
    title: 'Parcel Network',
    type: 'division',
    parent: 'larkfield',
  },
  {
    name: 'linehaul',
    title: 'Linehaul',
    type: 'department',
    parent: 'parcel-network',
  },
  { name: 'routing', title: 'Routing', type: 'team', parent: 'linehaul' },
  { name: 'sorting', title: 'Sorting Hubs', type: 'team', parent: 'linehaul' },
  {
    name: 'last-mile',
    title: 'Last Mile',
    type: 'department',
    parent: 'parcel-network',
  },
  { name: 'couriers', title: 'Couriers', type: 'team', parent: 'last-mile' },
  { name: 'depots', title: 'Depots', type: 'team', parent: 'last-mile' },

  {
    name: 'customers',
    title: 'Customers',
    type: 'division',
    parent: 'larkfield',
  },
  { name: 'booking', title: 'Booking', type: 'team', parent: 'customers' },
  { name: 'tracking', title: 'Tracking', type: 'team', parent: 'customers' },

  { name: 'finance', title: 'Finance', type: 'division', parent: 'larkfield' },
  {
    name: 'money-movement',
    title: 'Money Movement',
    type: 'department',
    parent: 'finance',
  },
  {
    name: 'payments',
    title: 'Payments',
    type: 'team',
    parent: 'money-movement',
  },
  { name: 'billing', title: 'Billing', type: 'team', parent: 'money-movement' },
  { name: 'customs', title: 'Customs', type: 'team', parent: 'finance' },

  {
    name: 'foundation',
    title: 'Foundation',
    type: 'division',
    parent: 'larkfield',
  },
  { name: 'identity', title: 'Identity', type: 'team', parent: 'foundation' },
  { name: 'data', title: 'Data', type: 'team', parent: 'foundation' },
  {
    name: 'developer-experience',
    title: 'Developer Experience',
    type: 'team',
    parent: 'foundation',
  },
];

export const DEMO_USERS: readonly DemoUser[] = [
  // Whoever looks at the demo signs in as a guest, and owns what couriers use.
  { name: 'guest', displayName: 'Guest', team: 'couriers' },
  { name: 'amara.nwosu', displayName: 'Amara Nwosu', team: 'couriers' },
  { name: 'jonas.lindqvist', displayName: 'Jonas Lindqvist', team: 'couriers' },
  { name: 'mei.tanaka', displayName: 'Mei Tanaka', team: 'routing' },
  { name: 'tomas.hruska', displayName: 'Tomáš Hruška', team: 'routing' },
  { name: 'ines.carvalho', displayName: 'Inês Carvalho', team: 'sorting' },
  { name: 'daniel.okoro', displayName: 'Daniel Okoro', team: 'sorting' },
  { name: 'freya.holm', displayName: 'Freya Holm', team: 'depots' },
  { name: 'samir.haddad', displayName: 'Samir Haddad', team: 'booking' },
  { name: 'lucia.romero', displayName: 'Lucía Romero', team: 'booking' },
  { name: 'priya.raman', displayName: 'Priya Raman', team: 'tracking' },
  { name: 'oskar.nowak', displayName: 'Oskar Nowak', team: 'tracking' },
  { name: 'clara.weiss', displayName: 'Clara Weiss', team: 'payments' },
  { name: 'noah.bergman', displayName: 'Noah Bergman', team: 'payments' },
  { name: 'elif.aydin', displayName: 'Elif Aydın', team: 'billing' },
  { name: 'hugo.martin', displayName: 'Hugo Martin', team: 'customs' },
  { name: 'ruth.adeyemi', displayName: 'Ruth Adeyemi', team: 'identity' },
  { name: 'kaito.mori', displayName: 'Kaito Mori', team: 'data' },
  {
    name: 'sofia.ferrari',
    displayName: 'Sofia Ferrari',
    team: 'developer-experience',
  },
];
