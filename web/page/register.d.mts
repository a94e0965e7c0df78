export * from '../worker/register.mjs';
