export { Initiatives } from './Initiatives';
