import {
  RECORD_TEXT_MAX as MAX,
  readinessVerdictSchema,
} from 'backstage-plugin-operational-excellence-common';
import { z } from 'zod';

/** An instant, or a day, which begins in UTC. */
const momentSchema = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: 'expected an ISO 8601 instant or day, such as 2026-07-01',
});

const text = (max: number) => z.string().trim().min(1).max(max);

/** A readiness test of the past, as files name its fields. */
export const readinessImportSchema = z.strictObject({
  service: text(MAX.name),
  template: text(MAX.name),
  performedAt: momentSchema,
  verdict: readinessVerdictSchema,
  performedBy: text(MAX.name).optional(),
  validUntil: momentSchema.optional(),
  summary: text(MAX.text).optional(),
  externalId: text(MAX.name),
});

export type ReadinessImportEntry = z.output<typeof readinessImportSchema>;
