export { ClassicPage } from './ClassicPage';
export { GameDaysPage } from './GameDaysPage';
export { ReadinessTestsPage } from './ReadinessTestsPage';
export { LessonsPage } from './LessonsPage';
export { ScorecardPage } from './ScorecardPage';
export { SourcesPage } from './SourcesPage';
export { WaiversPage } from './WaiversPage';
