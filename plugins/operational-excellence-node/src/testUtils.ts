/**
 * Contract test suites and doubles for sources of the operational excellence
 * plugin.
 *
 * @packageDocumentation
 */
export * from './testUtils/index';
