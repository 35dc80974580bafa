export * from './GuardrailQueries';
export * from './GuardrailStore';
export * from './unguarded';
