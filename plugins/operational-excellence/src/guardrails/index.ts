export { stopConditions } from './stopConditions';
