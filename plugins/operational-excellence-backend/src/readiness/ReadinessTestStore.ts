import {
  Instant,
  ReadinessVerdict,
} from 'backstage-plugin-operational-excellence-common';

/** One run of a readiness template against a service. */
export interface ReadinessTest {
  id: string;
  template: string;
  performedAt: Instant;
  performedBy: string | null;
  verdict: ReadinessVerdict;
  /** `null` leaves the expiry to the policy. */
  validUntil: Instant | null;
  summary: string | null;
}
