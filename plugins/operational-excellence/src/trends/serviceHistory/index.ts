export { ServiceHistory } from './ServiceHistory';
