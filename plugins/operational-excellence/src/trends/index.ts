export { Trends } from './Trends';
