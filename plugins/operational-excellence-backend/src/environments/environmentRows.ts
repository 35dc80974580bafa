import {
  EnvironmentKind,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import {
  storableInstant,
  storableText,
  StoredInstant,
  storableUrl,
} from '../database';

/** What is reported of an environment. */
export interface ReportedEnvironment {
  kind: EnvironmentKind;
  title: string;
  ownerRef: string;
  url: string | null;
  createdAt: Instant;
  expiresAt: Instant | null;
}

export interface EnvironmentRow {
  sequence: number;
  id: string;
  name: string;
  version: number;
  kind: EnvironmentKind;
  title: string;
  owner_ref: string;
  url: string | null;
  created_at: StoredInstant;
  expires_at: StoredInstant | null;
  removed_at: StoredInstant | null;
  reported_by: string;
}

/** What is written of a report, beside its services. */
export function reportedColumns(environment: ReportedEnvironment) {
  return {
    kind: environment.kind,
    title: storableText(environment.title),
    owner_ref: storableText(environment.ownerRef),
    url: storableUrl(environment.url),
    created_at: storableInstant(environment.createdAt),
    expires_at: storableInstant(environment.expiresAt),
  };
}
