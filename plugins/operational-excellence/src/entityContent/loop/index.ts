export { LoopSection } from './LoopSection';
