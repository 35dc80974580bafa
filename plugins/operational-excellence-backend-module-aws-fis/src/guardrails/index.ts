export { readGuardrails } from './readGuardrails';
