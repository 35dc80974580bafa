export { ClassicPage } from './ClassicPage';
export { GameDaysPage } from './GameDaysPage';
export { LessonsPage } from './LessonsPage';
export { ReadinessTestsPage } from './ReadinessTestsPage';
export { ScorecardPage } from './ScorecardPage';
export { SourcesPage } from './SourcesPage';
export { WaiversPage } from './WaiversPage';
