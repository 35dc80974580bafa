export * from './WaiversSection';
