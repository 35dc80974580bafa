export { TimeSection } from './TimeSection';
