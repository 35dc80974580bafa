export { EntityOperationalExcellenceContent } from './EntityOperationalExcellenceContent';
