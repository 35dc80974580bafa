export { operationalExcellencePlugin as default } from './plugin';
