export * from './MarkdownField';
