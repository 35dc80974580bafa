/**
 * The backend of the operational excellence plugin.
 *
 * @packageDocumentation
 */
export {
  createServiceConditionalDecision,
  serviceConditions,
} from './authorization';
export { operationalExcellencePlugin as default } from './plugin';
