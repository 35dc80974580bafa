export { ClassicPage } from './ClassicPage';
export { ScorecardPage } from './ScorecardPage';
export { SourcesPage } from './SourcesPage';
export { WaiversPage } from './WaiversPage';
