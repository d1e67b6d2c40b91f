export * from './bare.js';
