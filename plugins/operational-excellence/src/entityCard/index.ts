export { EntityOperationalExcellenceCard } from './EntityOperationalExcellenceCard';
